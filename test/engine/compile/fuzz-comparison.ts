/**
 * How a random case is judged: what the compiled run has must be what the eager
 * run has, and nothing may be left behind.
 *
 * A net may be chaotic: batch normalisation of two examples that hardly differ
 * makes rounding large, step by step. Where numbers differ, the eager run is
 * therefore repeated with arguments that are a millionth larger or smaller, and
 * what those change is allowed for.
 */
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { tensorCounts } from './native';

/** One side of a case. */
export interface Side {
  /** A call, the same for the same arguments and state. */
  readonly step: (...args: tf.Tensor[]) => tf.Tensor[];
  /** The variables that it reads and changes. */
  readonly variables: readonly tf.Variable[];
  /** Frees what else it has. */
  dispose?(): void;
}

export interface Case {
  /** Makes a side with variables of its own. */
  open(): Side;
  /** Arguments of a call; who asks for them disposes of them. */
  argumentsOf(call: number): tf.Tensor[];
  /** How many calls to make. */
  readonly calls: number;
  /** Whether all but the first are made by `many`. */
  readonly together: boolean;
  /** Whether all numbers are computed exactly, so that a difference is never one of rounding. */
  readonly exact: boolean;
}

/** The numbers of a tensor, and which of the case it is. */
interface Values {
  readonly name: string;
  readonly type: string;
  readonly numbers: ArrayLike<number>;
}

/** What is different, in words; empty where all is the same. */
export function differences(test: Case): string[] {
  const before = tensorCounts();
  const wanted = attempt(() => runEager(test));
  const got = attempt(() => runCompiled(test));
  if (wanted instanceof Error) return got instanceof Error ? [] : [`does not fail: ${wanted.message}`];
  if (got instanceof Error) return [`fails: ${got.message}`];
  const after = tensorCounts();
  const leaks = [after.known - before.known, after.held - before.held];
  const leaked = leaks.some((count) => count !== 0) ? [`leaks: ${leaks[0]} known, ${leaks[1]} held`] : [];
  return [...leaked, ...compareAll(test, got, wanted)];
}

function compareAll(test: Case, got: readonly Values[], wanted: readonly Values[]): string[] {
  const found = compare(got, wanted, () => 0);
  if (found.length === 0 || test.exact) return found;
  return compare(got, wanted, slackOf(runEager(test, 1e-6), wanted));
}

/** How far numbers may be apart where a millionth moves them so far; one loss may be lucky, but not all before it. */
function slackOf(others: readonly Values[], wanted: readonly Values[]): (index: number) => number {
  let share = 0;
  const slacks = wanted.map((values, i) => {
    const apart = distance(others[i] as Values, values);
    if (values.numbers.length !== 1) return 30 * apart;
    share = Math.max(share, apart / (sizeOf(values) + 1e-5));
    return 30 * share * sizeOf(values);
  });
  return (index) => slacks[index] as number;
}

/** What it returns, or the error that it throws: tfjs has some of its own, about tensors without elements. */
function attempt(run: () => Values[]): Values[] | Error {
  try {
    return run();
  } catch (error) {
    return error as Error;
  }
}

/** @param jitter by which share arguments are larger or smaller than they should be. */
function runEager(test: Case, jitter = 0): Values[] {
  const side = test.open();
  try {
    const results = Array.from({ length: test.calls }, (_, call) =>
      tf.tidy(() => {
        const args = test.argumentsOf(call).map((tensor) => moved(tensor, jitter));
        return side.step(...args).map((tensor, i) => valuesOf(`call ${call} result ${i}`, tensor)) as never;
      }),
    ) as unknown as Values[][];
    return [...results.flat(), ...finalValues(side)];
  } finally {
    tf.dispose([...side.variables]);
    side.dispose?.();
  }
}

/** Every other number a share larger, the others smaller. */
function moved(tensor: tf.Tensor, jitter: number): tf.Tensor {
  if (jitter === 0 || tensor.dtype !== 'float32') return tensor;
  const numbers = tensor.dataSync().map((value, i) => value * (i % 2 === 0 ? 1 + jitter : 1 - jitter));
  return tf.tensor(numbers, tensor.shape);
}

function runCompiled(test: Case): Values[] {
  const side = test.open();
  const step = compile(side.step);
  const args = Array.from({ length: test.calls }, (_, call) => test.argumentsOf(call));
  try {
    const [first, ...rest] = args as [tf.Tensor[], ...tf.Tensor[][]];
    const results = [step(...first)];
    results.push(...(test.together ? step.many(rest) : rest.map((each) => step(...each))));
    const values = results.flatMap((each, call) =>
      each.map((tensor, i) => valuesOf(`call ${call} result ${i}`, tensor)),
    );
    tf.dispose(results);
    return [...values, ...finalValues(side)];
  } finally {
    tf.dispose(args);
    step.dispose();
    tf.dispose([...side.variables]);
    side.dispose?.();
  }
}

function finalValues({ variables }: Side): Values[] {
  return variables.map((variable, i) => valuesOf(`variable ${i}`, variable));
}

function valuesOf(name: string, tensor: tf.Tensor): Values {
  return { name, type: `${tensor.dtype}[${tensor.shape.join()}]`, numbers: tensor.dataSync().slice() };
}

/** @param slack how far the numbers of a tensor may be apart on top of rounding. */
function compare(
  got: readonly Values[],
  wanted: readonly Values[],
  slack: (index: number) => number,
): string[] {
  if (got.length !== wanted.length) return [`${got.length} tensors instead of ${wanted.length}`];
  // Losses are NaN or infinite alike. Gradients are, but not everywhere the same (see rules.ts), nor what they change.
  const lost = wanted.findIndex(({ numbers }) => !Array.from(numbers).every(Number.isFinite));
  const end = lost < 0 ? wanted.length : lost + (wanted[lost]?.numbers.length === 1 ? 1 : 0);
  return got.slice(0, end).flatMap((values, i) => {
    const where = compareTensors(values, wanted[i] as Values, slack(i));
    return where === undefined ? [] : [`${values.name} ${where}`];
  });
}

function compareTensors(got: Values, wanted: Values, slack: number): string | undefined {
  if (got.type !== wanted.type) return `is ${got.type} instead of ${wanted.type}`;
  const expected = Array.from(wanted.numbers);
  const allowed = slack + 2e-4 * sizeOf(wanted) + 1e-5;
  const at = expected.findIndex((value, i) => !isClose(got.numbers[i] as number, value, allowed));
  return at < 0 ? undefined : `${got.type} has ${got.numbers[at]} instead of ${expected[at]} at ${at}`;
}

/** The sign of a zero does not count. */
function isClose(got: number, wanted: number, allowed: number): boolean {
  if (!Number.isFinite(wanted)) return Object.is(got, wanted);
  return Math.abs(got - wanted) <= allowed;
}

/** The size of the largest number. */
function sizeOf({ numbers }: Values): number {
  return Array.from(numbers, Math.abs)
    .filter(Number.isFinite)
    .reduce((largest, size) => Math.max(largest, size), 0);
}

function distance(one: Values, other: Values): number {
  const apart = Array.from(one.numbers, (value, i) => Math.abs(value - (other.numbers[i] as number)));
  return apart.filter(Number.isFinite).reduce((largest, size) => Math.max(largest, size), 0);
}
