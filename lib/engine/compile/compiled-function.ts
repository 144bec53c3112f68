/** What is behind a compiled function: its recordings and graphs, by the shapes of the arguments. */
import { InkwellError } from '../../core/errors';
import * as tf from '../tf';
import { GraphStage } from './graph-stage';
import { identity } from './identity';
import { type GraphEngine as Engine, graphEngine } from './native-backend';
import { isRecording, record, type Tape } from './recorder';
import { checkSame, type Recording } from './recording';
import { refuseChange } from './refuse';
import { flatten, type TensorTree, type TreeForm, unflatten } from './tree';

/** What there is for one combination of argument shapes. */
type Stage = GraphStage | { readonly kind: 'eager' };

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
    return this.firstCall({ engine, key, leaves, form });
  }

  many(calls: readonly (readonly TensorTree[])[]): unknown[] {
    const flat = calls.map((args) => flatten(args, 'arguments'));
    const keys = new Set(flat.map(({ leaves, form }) => signature(leaves, form)));
    const [key] = keys;
    const stage = key === undefined || keys.size > 1 || isRecording() ? undefined : this.stages.get(key);
    // Where a call fails, nobody gets the results of those before it: tidy lets go of them.
    return tf.tidy(() => {
      const results =
        stage?.kind === 'graph'
          ? stage.runMany(flat.map(({ leaves }) => leaves))
          : calls.map((args) => this.call(args));
      return results as tf.TensorContainer;
    }) as unknown[];
  }

  dispose(): void {
    for (const stage of this.stages.values()) {
      if (stage.kind === 'graph') stage.dispose();
    }
    this.stages.clear();
  }

  private runAsIs(args: readonly TensorTree[]): unknown {
    return tf.tidy(() => {
      const { leaves, form } = ownResults(() => this.fn(...(args as never[])));
      return unflatten(form, leaves) as tf.TensorContainer;
    });
  }

  /**
   * Records a call until two recordings agree, taking each back, and makes it as
   * a graph: then the first call is rounded like all others, and a run that is
   * resumed goes on exactly like one that was not interrupted.
   */
  private firstCall(call: Call): unknown {
    let before: Recording | undefined;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { recording, result } = this.attemptAfter(before, call);
      if (recording === undefined) return result;
      before = recording;
      const stage = this.stages.get(call.key);
      if (stage?.kind === 'graph') return stage.run(call.leaves);
    }
    if (before !== undefined) release(before, call.engine);
    throw refuseChange('it makes new variables each time');
  }

  private attemptAfter(before: Recording | undefined, call: Call): Attempt {
    try {
      return this.attempt(call, before);
    } finally {
      if (before !== undefined) release(before, call.engine);
    }
  }

  /** One recording, taken back; without fallback a refusal is thrown, with it the run's result stands. */
  private attempt(call: Call, before: Recording | undefined): Attempt {
    const tolerant = this.options.fallback === true;
    let recording: Recording | undefined;
    const result = tf.tidy(() => {
      const { tape, results } = this.recordRun(call, tolerant);
      try {
        if (tape.refused !== undefined) throw tape.refused;
        this.compare(before, tape.recording, { ...call, form: results.form });
        tape.rollBack();
        recording = tape.recording;
        return undefined as unknown as tf.TensorContainer;
      } catch (error) {
        release(tape.recording, call.engine);
        if (tolerant && error instanceof InkwellError) {
          this.fallbackReason = error;
          this.stages.set(call.key, { kind: 'eager' });
          return unflatten(results.form, results.leaves) as tf.TensorContainer;
        }
        tape.rollBack();
        throw error;
      } finally {
        tape.settle();
      }
    });
    return recording === undefined ? { result } : { recording };
  }

  private recordRun({ engine, leaves, form }: Call, tolerant: boolean): { tape: Tape; results: Results } {
    const args = copies(leaves, engine);
    let results: Results = { leaves: [], form: { kind: 'nothing' } };
    const run = (): readonly tf.Tensor[] => {
      results = ownResults(() => this.fn(...(unflatten(form, args) as never[])));
      return results.leaves;
    };
    return { tape: record(engine, args, run, { tolerant }), results };
  }

  /** Makes the graph where there is a recording before that is a model for this one, and agrees with it. */
  private compare(before: Recording | undefined, recording: Recording, { engine, key, form }: Call): void {
    if (before === undefined || before.createdVariables) return;
    checkSame(before, recording);
    this.stages.set(key, new GraphStage(recording, engine, form));
  }
}

/** How often a call is recorded at most: an optimizer makes its variables in the first run. */
const attempts = 4;

/** A recording that was taken back, or the result of a run that stands. */
interface Attempt {
  readonly recording?: Recording;
  readonly result?: unknown;
}

interface Results {
  readonly leaves: tf.Tensor[];
  readonly form: TreeForm;
}

interface Call {
  readonly engine: Engine;
  readonly key: string;
  readonly leaves: readonly tf.Tensor[];
  readonly form: TreeForm;
}

/** Runs a function and gives the caller tensors of its own: no variable, argument or tensor from outside. */
function ownResults(run: () => unknown): Results {
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
