/**
 * `compile`: a function of tensors as one graph of the native engine.
 *
 * TensorFlow.js calls the engine operation by operation from JavaScript. A
 * compiled function runs that way twice for each combination of argument shapes,
 * is recorded while it does, and from the third call on runs as one graph. Two
 * recordings, not one: whatever JavaScript did differently the second time
 * (random numbers, a counter) would be frozen in the graph, and is refused.
 * This is what Theano's `function` was, and what `tf.function` is in Python.
 */
import { InkwellError } from '../../core/errors';
import * as tf from '../tf';
import { type GraphEngine as Engine, graphEngine } from './native-backend';
import { identity, isRecording, record, type Tape } from './recorder';
import { checkSame, type Recording } from './recording';
import { createTrace, type Trace } from './trace';
import { flatten, type TensorTree, type TreeForm, unflatten } from './tree';

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
  /** How many graphs there are: one for each combination of argument shapes that was met three times. */
  readonly graphs: number;
  /** Why the function runs as it is although it was to be a graph; see `fallback`. */
  readonly fallbackReason: Error | undefined;
  /** Frees the graphs; a later call records anew. Variables stay as they are. */
  dispose(): void;
}

/** What there is for one combination of argument shapes. */
type Stage =
  | { readonly kind: 'recorded'; readonly recording: Recording }
  | { readonly kind: 'graph'; readonly trace: Trace; readonly form: TreeForm }
  | { readonly kind: 'eager' };

/**
 * Compiles a function of tensors.
 *
 * On the native engine its first two calls with arguments of the same shapes run
 * operation by operation, later ones as one graph; on `wasm` and `cpu` every call
 * runs as it is, in `tf.tidy`. Results are the same, and belong to the caller.
 *
 * @param fn takes tensors (or arrays and objects of them) and returns such, or
 *   nothing. It may read and assign to `tf.Variable`s and take gradients. Numbers
 *   that change (a learning rate) must be tensor arguments; tensors and variables
 *   from outside are bound when it is first called.
 * @throws InkwellError, when called: `COMPILE_RANDOM`, `COMPILE_FROZEN`,
 *   `COMPILE_READS_VALUE` or `COMPILE_OP`, each with what to do instead.
 * @throws TypeError, when called, for an argument or result that is no tensor.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing returns void.
export function compile<Args extends readonly TensorTree[], Result extends TensorTree | void>(
  fn: (...args: Args) => Result,
  options: CompileOptions = {},
): Compiled<Args, Result> {
  const compiled = new CompiledFunction(fn, options);
  const call = (...args: Args): Result => compiled.call(args) as Result;
  return Object.defineProperties(call, {
    graphs: { get: () => compiled.graphs },
    fallbackReason: { get: () => compiled.fallbackReason },
    dispose: { value: () => compiled.dispose() },
  }) as unknown as Compiled<Args, Result>;
}

class CompiledFunction {
  fallbackReason: Error | undefined;
  private readonly stages = new Map<string, Stage>();

  constructor(
    private readonly fn: (...args: never[]) => unknown,
    private readonly options: CompileOptions,
  ) {}

  get graphs(): number {
    return [...this.stages.values()].filter(({ kind }) => kind === 'graph').length;
  }

  call(args: readonly TensorTree[]): unknown {
    const { leaves, form } = flatten(args, 'arguments');
    const engine = isRecording() ? undefined : graphEngine();
    if (engine === undefined) return this.runAsIs(args);
    const key = signature(leaves, form);
    const stage = this.stages.get(key);
    if (stage?.kind === 'eager') return this.runAsIs(args);
    if (stage?.kind === 'graph') return unflatten(stage.form, stage.trace.run(leaves));
    return this.recordCall({ engine, key, leaves, form });
  }

  dispose(): void {
    const engine = graphEngine();
    for (const stage of this.stages.values()) {
      if (stage.kind === 'graph') stage.trace.dispose();
      if (stage.kind === 'recorded' && engine !== undefined) release(stage.recording, engine);
    }
    this.stages.clear();
  }

  private runAsIs(args: readonly TensorTree[]): unknown {
    return tf.tidy(() => {
      const { leaves, form } = ownResults(() => this.fn(...(args as never[])));
      return unflatten(form, leaves) as tf.TensorContainer;
    });
  }

  /** Runs a call for real and records it; the second recording that agrees becomes a graph. */
  private recordCall(call: Call): unknown {
    const { engine, key, leaves, form } = call;
    let results: { leaves: tf.Tensor[]; form: TreeForm } | undefined;
    return tf.tidy(() => {
      const args = copies(leaves, engine);
      const tape = record(
        engine,
        args,
        () => {
          const list = unflatten(form, args) as never[];
          results = ownResults(() => this.fn(...list));
          return results.leaves;
        },
        { tolerant: this.options.fallback === true },
      );
      const { leaves: tensors, form: resultForm } = results as NonNullable<typeof results>;
      this.stages.set(key, this.nextStage(tape, { ...call, resultForm }));
      return unflatten(resultForm, tensors) as tf.TensorContainer;
    });
  }

  private nextStage(
    { recording, refused }: Tape,
    { engine, key, resultForm }: Call & { resultForm: TreeForm },
  ): Stage {
    const before = this.stages.get(key);
    const first = before?.kind === 'recorded' ? before.recording : undefined;
    this.stages.delete(key);
    if (first !== undefined) release(first, engine);
    try {
      if (refused !== undefined) throw refused;
      // A run that made variables is no model for the next.
      if (first === undefined || first.createdVariables) return { kind: 'recorded', recording };
      checkSame(first, recording);
      return { kind: 'graph', trace: createTrace(recording, engine), form: resultForm };
    } catch (error) {
      release(recording, engine);
      if (this.options.fallback !== true || !(error instanceof InkwellError)) throw error;
      this.fallbackReason = error;
      return { kind: 'eager' };
    }
  }
}

interface Call {
  readonly engine: Engine;
  readonly key: string;
  readonly leaves: readonly tf.Tensor[];
  readonly form: TreeForm;
}

/** Runs a function and gives the caller tensors of its own: no variable, argument or tensor from outside. */
function ownResults(run: () => unknown): { leaves: tf.Tensor[]; form: TreeForm } {
  // Ids grow: whatever the function makes has a higher one. (The typings hide the method.)
  const newest = (tf.engine() as unknown as { nextTensorId(): number }).nextTensorId();
  const { leaves, form } = flatten(run(), 'the result');
  const isOutside = (tensor: tf.Tensor): boolean => tensor.id < newest || tensor instanceof tf.Variable;
  return { form, leaves: leaves.map((leaf) => (isOutside(leaf) ? tf.clone(leaf) : leaf)) };
}

/** The arguments once more under data ids of their own, to tell them from variables and from each other. */
function copies(leaves: readonly tf.Tensor[], { backend, binding }: Engine): tf.Tensor[] {
  return backend.getInputTensorIds(leaves).map((id) => backend.createOutputTensor(identity(binding, id)));
}

function signature(leaves: readonly tf.Tensor[], form: TreeForm): string {
  return `${leaves.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`).join()} ${JSON.stringify(form)}`;
}

function release({ captured }: Recording, { binding }: Engine): void {
  for (const { id } of captured) binding.deleteTensor(id);
}
