/**
 * `compile`: a function of tensors as one graph of the native engine.
 *
 * TensorFlow.js calls the engine operation by operation from JavaScript. A
 * compiled function is run that way when it is first called with arguments of
 * certain shapes, is recorded while it runs, and its effects are taken back; the
 * call itself and all later ones run as one graph. Two recordings, not one:
 * whatever JavaScript did differently the second time (random numbers, a counter)
 * would be frozen in the graph, and is refused.
 * This is what Theano's `function` was, and what `tf.function` is in Python.
 */
import { checkArguments, checkOptions } from '../../core/argument';
import { aFlag, aFunction } from '../../core/argument-kinds';
import { CompiledFunction } from './compiled-function';
import type { TensorTree } from './tree';

export type { TensorTree } from './tree';

export interface CompileOptions {
  /**
   * Whether a function that cannot be a graph runs as it is instead of throwing;
   * default false. The reason stands in the compiled function's `fallbackReason`.
   */
  readonly fallback?: boolean;
}

/** A compiled function; call it like the one it was made from. */
export interface Compiled<Args extends readonly TensorTree[], Result> {
  (...args: Args): Result;
  /**
   * Makes several calls in order and returns their results: the same as one after
   * another, and faster where each takes well under a millisecond, because small
   * graphs run eight calls as one graph.
   */
  many(calls: readonly (readonly [...Args])[]): Result[];
  /** For how many combinations of argument shapes there is a graph. */
  readonly graphs: number;
  /** Why the function runs as it is although it was to be a graph; see `fallback`. */
  readonly fallbackReason: Error | undefined;
  /** Frees the graphs; a later call records anew. Variables stay as they are. */
  dispose(): void;
}

/**
 * Compiles a function of tensors.
 *
 * On the native engine each call runs as one graph; before the first with
 * arguments of certain shapes, `fn` is run two or three times to be recorded, so
 * what it does besides tensors (a `push`, a log line) happens then and not again.
 * On `wasm` and `cpu`, and with tfjs-node's own addon, which lacks graph functions,
 * every call runs as it is, in `tf.tidy`. Results are the same, and belong to the
 * caller. Inside another compiled function it becomes a part of that one's graph.
 *
 * State needs no care: a `tf.Variable` that a graph updates can be read, assigned
 * to, saved and restored at any time, and several compiled functions may share it.
 *
 * @param fn takes tensors (or arrays and objects of them) and returns such, or
 *   nothing. It may read and assign to `tf.Variable`s and take gradients. Numbers
 *   that change (a learning rate) must be tensor arguments; tensors and variables
 *   from outside are bound when it is first called.
 * @throws InkwellError, when called: `COMPILE_RANDOM`, `COMPILE_FROZEN`,
 *   `COMPILE_READS_VALUE` or `COMPILE_OP`, each with what to do instead;
 *   `COMPILE_DISPOSED` where a variable is gone, `COMPILE_RUN` where an operation fails.
 * @throws TypeError, when called, for an argument or result that is no tensor.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing returns void.
export function compile<Args extends readonly TensorTree[], Result extends TensorTree | void>(
  fn: (...args: Args) => Result,
  options: CompileOptions = {},
): Compiled<Args, Result> {
  checkArguments('compile', { fn }, { fn: aFunction });
  checkOptions('compile', options, { fallback: aFlag });
  const compiled = new CompiledFunction(fn, options);
  const call = (...args: Args): Result => compiled.call(args) as Result;
  return Object.defineProperties(call, {
    many: { value: (calls: readonly Args[]) => compiled.many(calls) },
    graphs: { get: () => compiled.graphs },
    fallbackReason: { get: () => compiled.fallbackReason },
    dispose: { value: () => compiled.dispose() },
  }) as unknown as Compiled<Args, Result>;
}
