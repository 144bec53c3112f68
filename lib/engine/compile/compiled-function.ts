/** What is behind a compiled function: its recordings and graphs, by the shapes of the arguments. */
import { InkwellError } from '../../core/errors';
import * as tf from '../tf';
import { GraphStage } from './graph-stage';
import { type GraphEngine as Engine, graphEngine } from './native-backend';
import { identity, isRecording, record, type Tape } from './recorder';
import { checkSame, type Recording } from './recording';
import { flatten, type TensorTree, type TreeForm, unflatten } from './tree';

/** What there is for one combination of argument shapes. */
type Stage =
  | { readonly kind: 'recorded'; readonly recording: Recording }
  | GraphStage
  | { readonly kind: 'eager' };

export class CompiledFunction {
  fallbackReason: Error | undefined;
  private readonly stages = new Map<string, Stage>();

  constructor(
    private readonly fn: (...args: never[]) => unknown,
    private readonly options: { readonly fallback?: boolean },
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
    if (stage?.kind === 'graph') return stage.run(leaves);
    return this.recordCall({ engine, key, leaves, form });
  }

  many(calls: readonly (readonly TensorTree[])[]): unknown[] {
    const flat = calls.map((args) => flatten(args, 'arguments'));
    const keys = new Set(flat.map(({ leaves, form }) => signature(leaves, form)));
    const [key] = keys;
    const stage = key === undefined || keys.size > 1 || isRecording() ? undefined : this.stages.get(key);
    if (stage?.kind === 'graph') return stage.runMany(flat.map(({ leaves }) => leaves));
    return calls.map((args) => this.call(args));
  }

  dispose(): void {
    const engine = graphEngine();
    for (const stage of this.stages.values()) {
      if (stage.kind === 'graph') stage.dispose();
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
      return new GraphStage(recording, engine, resultForm);
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
