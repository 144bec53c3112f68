/**
 * Gradient descent on the weights of large dense layers, where the engine has an
 * operation of our own for it (`native/addon/descent.cc`).
 *
 * Such a step waits for memory: the weights are read for the gradient of the
 * layer's inputs, dy·wᵀ, the gradient of the weights, xᵀ·dy, is written and read
 * again, and the weights are read and written. The operation does both products
 * at once, reads and writes the weights once, and writes no gradient down.
 */
import { hasOwnOperations } from '../native/load';
import * as tf from '../tf';
import { canFail, dependentsOf } from './fallible';
import { endsOf, findLive } from './live';
import {
  countUses,
  factsOf,
  makerOf,
  type RecordedOp,
  type Recording,
  type Source,
  sameSource,
} from './recording';
import { attribute } from './rule-tools';
import { scaledGradient } from './updates';

/** From so many weights on it is faster: smaller ones stay in the processor's caches. */
const leastWeights = 1 << 18;

/** Whether an operation overwrites its first input, where nothing else holds that. */
export function overwrites({ name }: RecordedOp): boolean {
  return name === 'InkwellDescent' || name === 'InkwellDenseBack';
}

/** Whether a recording has such an operation. */
export function hasOverwrites({ operations }: Recording): boolean {
  return operations.some(overwrites);
}

/** The recording with those steps as operations of our own. */
export function withDescents(recording: Recording): Recording {
  if (!hasOwnOperations()) return recording;
  return recording.variables.reduce((before, _, variable) => {
    const step = findStep(before, variable);
    return step === undefined ? before : replaceStep(before, step);
  }, recording);
}

/** A step `weights − rate · xᵀ·dy`. */
interface Step {
  readonly weights: Source;
  readonly rate: Source;
  readonly x: Source;
  readonly dy: Source;
  /** The operation that makes the new weights. */
  readonly at: number;
}

function findStep(recording: Recording, variable: number): Step | undefined {
  const assigned = recording.variables[variable]?.assigned;
  const weights: Source = { kind: 'variable', index: variable };
  if (
    assigned?.kind !== 'operation' ||
    tf.util.sizeFromShape([...factsOf(recording, weights).shape]) < leastWeights
  )
    return undefined;
  const difference = makerOf(recording, assigned);
  const [old, change] = difference?.inputs ?? [];
  if (difference?.name !== 'Sub' || !old || !change || !sameSource(old, weights)) return undefined;
  const [rate, gradient] = scaledGradient(recording, weights, change) ?? [];
  const factors = gradient && factorsOf(makerOf(recording, gradient), { transposed: 'first' });
  if (rate === undefined || factors === undefined) return undefined;
  if ([assigned, change, gradient as Source].some((source) => countUses(recording, source) > 1))
    return undefined;
  return { weights, rate, x: factors[0], dy: factors[1], at: assigned.index };
}

/** The factors of a product of matrices of which only the first, or only the second, is transposed. */
function factorsOf(
  product: RecordedOp | undefined,
  { transposed }: { readonly transposed: 'first' | 'second' },
): readonly [Source, Source] | undefined {
  if (product?.name !== 'MatMul') return undefined;
  const isFirst = attribute(product, 'transpose_a') === true;
  const isSecond = attribute(product, 'transpose_b') === true;
  const fits = transposed === 'first' ? isFirst && !isSecond : isSecond && !isFirst;
  return fits ? (product.inputs as [Source, Source]) : undefined;
}

/** Puts the operation where the gradient of the inputs is made, or where there is none, where the weights were. */
function replaceStep(recording: Recording, step: Step): Recording {
  const { weights, rate, x, dy } = step;
  const facts = factsOf(recording, weights);
  const operation = { name: 'InkwellDescent', inputs: [weights, rate, x, dy], attributes: [] };
  const at = findInputGradient(recording, step);
  if (at === undefined) return replace(recording, step.at, { ...operation, outputs: [facts] });
  const outputs = [facts, ...(recording.operations[at] as RecordedOp).outputs];
  const joined = { ...operation, name: 'InkwellDenseBack', outputs };
  const moved = replace(recording, at, joined, (source) => {
    if (source.kind !== 'operation') return source;
    return source.index === at ? { ...source, output: 1 } : source;
  });
  const assigned: Source = { kind: 'operation', index: at, output: 0 };
  const variables = moved.variables.map((one, i) => (i === weights.index ? { ...one, assigned } : one));
  return { ...moved, variables };
}

/**
 * Where dy·wᵀ is made, if it is needed, if the rest of the step is known there, if
 * everything else that reads the weights can come before it, and if nothing can fail
 * after it: the weights are lost then.
 */
function findInputGradient(recording: Recording, { weights, rate, x, dy, at }: Step): number | undefined {
  const live = findLive(recording, endsOf(recording)).operations;
  const readers = [...live].filter((i) =>
    recording.operations[i]?.inputs.some((input) => sameSource(input, weights)),
  );
  const found = readers.find((i) => {
    const factors = factorsOf(recording.operations[i], { transposed: 'second' });
    return factors !== undefined && sameSource(factors[0], dy) && sameSource(factors[1], weights);
  });
  const isBefore = (i: number): boolean => i < (found ?? 0);
  const isLate = ({ kind, index }: Source): boolean => kind === 'operation' && !isBefore(index);
  if (found === undefined || isLate(rate) || isLate(x)) return undefined;
  const after = [...dependentsOf(recording, found)].filter((i) => live.has(i));
  if (after.some((i) => canFail(recording.operations[i] as RecordedOp))) return undefined;
  return readers.every((i) => i === found || i === at || isBefore(i)) ? found : undefined;
}

/** Replaces an operation, and sees all that is read of operations through `renamed`. */
function replace(
  recording: Recording,
  at: number,
  operation: RecordedOp,
  renamed: (source: Source) => Source = (source) => source,
): Recording {
  return {
    ...recording,
    operations: recording.operations.map((one, i) =>
      i === at ? operation : { ...one, inputs: one.inputs.map(renamed) },
    ),
    variables: recording.variables.map((one) =>
      one.assigned === undefined ? one : { ...one, assigned: renamed(one.assigned) },
    ),
    results: recording.results.map((result) => ({ ...result, source: renamed(result.source) })),
  };
}
