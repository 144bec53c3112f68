/**
 * A function of tensors made ready to run many times: as one graph where the
 * engine can, else as it is.
 *
 * `compile` runs a function operation by operation while it records, and its
 * graph rounds a little differently. Here the recording is a rehearsal whose
 * results do not count, so that a run that is cut off and resumed takes every
 * step by the same graph, and ends with the same bits.
 */
import { compile } from '../engine/compile/compile';
import type { TensorTree } from '../engine/compile/tree';
import * as tf from '../engine/tf';

/** A function to run many times, and what frees it. */
export interface Prepared<Input, Result> {
  /** The results belong to the caller. */
  readonly run: (input: Input) => Result;
  /** Several calls in order; short ones as one graph. */
  readonly runMany: (inputs: readonly Input[]) => Result[];
  dispose(): void;
}

export interface PrepareOptions<Input> {
  /** False runs the function as it is. */
  readonly compiled: boolean;
  /** Tells inputs apart whose shapes differ. */
  readonly signature: (input: Input) => string;
  /** Runs a rehearsal and undoes what it does; default runs it. */
  readonly rehearse?: (work: () => void) => void;
}

/** Calls that `compile` records before it has a graph. */
const RECORDED_CALLS = 2;

/** Makes a function ready. */
export function prepared<Input extends TensorTree, Result extends TensorTree>(
  fn: (input: Input) => Result,
  options: PrepareOptions<Input>,
): Prepared<Input, Result> {
  const { compiled, signature, rehearse = (work) => work() } = options;
  if (!compiled || tf.getBackend() !== 'tensorflow') {
    return { run: fn, runMany: (inputs) => inputs.map((input) => fn(input)), dispose: () => {} };
  }
  const graph = compile(fn);
  const rehearsed = new Set<string>();
  const prepare = (input: Input): void => {
    const key = signature(input);
    if (rehearsed.has(key)) return;
    rehearse(() => {
      for (let call = 0; call < RECORDED_CALLS; call++) tf.dispose(graph(input) as tf.TensorContainer);
    });
    rehearsed.add(key);
  };
  return {
    run(input) {
      prepare(input);
      return graph(input);
    },
    runMany(inputs) {
      for (const input of inputs) prepare(input);
      return graph.many(inputs.map((input) => [input] as const));
    },
    dispose: () => graph.dispose(),
  };
}
