/** A function of tensors, as one graph or as it is. */
import { compile } from '../engine/compile/compile';
import type { TensorTree } from '../engine/compile/tree';

/** A function to run many times, and what frees it. */
export interface Prepared<Args extends readonly unknown[], Result> {
  readonly run: (...args: Args) => Result;
  dispose(): void;
}

/** Compiles a function where that is asked for. */
export function prepared<Args extends readonly TensorTree[], Result extends TensorTree>(
  run: (...args: Args) => Result,
  compiled: boolean,
): Prepared<Args, Result> {
  if (!compiled) return { run, dispose: () => {} };
  const graph = compile(run);
  return { run: graph, dispose: () => graph.dispose() };
}
