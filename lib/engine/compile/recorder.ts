/**
 * Recording what a function does: it runs for real on the native engine while
 * every call of the back end to the addon is noted down.
 *
 * The idea of capturing the operations of one eager run
 * is Autograph's and PyTorch's (torch.jit.trace); that it can be done beneath
 * tfjs, gradients and optimizers included, is because all of them end in
 * `executeOp`.
 */
import type * as tf from '../tf';
import { Before, liveVariables } from './before';
import { identity } from './identity';
import { intercept, type Listener } from './intercept';
import { dataTypes, type GraphEngine, type OpAttribute, type OutputInfo } from './native-backend';
import { bytesOf, Origins } from './origins';
import type { RecordedVariable, Recording, Source } from './recording';
import { refuseOp, refuseRandom, refuseRandomOp, refuseRead } from './refuse';

const randomOps: ReadonlySet<string> = new Set([
  'Multinomial',
  'ParameterizedTruncatedNormal',
  'RandomGamma',
  'RandomShuffle',
  'RandomStandardNormal',
  'RandomUniform',
  'RandomUniformInt',
  'TruncatedNormal',
]);

let recording = false;

/** Whether a function is being recorded: what is compiled runs as a part of it then. */
export function isRecording(): boolean {
  return recording;
}

/** A recording, and the first thing in it that a graph cannot mean. */
export interface Tape {
  readonly recording: Recording;
  readonly refused: Error | undefined;
  /** Gives the variables back the values that they had before the run, those that it made their first ones, and
   * optimizers their counts. */
  rollBack(): void;
  /** Lets the effects of the run stand (or its being taken back). */
  settle(): void;
}

/**
 * Runs a function for real and records it.
 *
 * @param args tensors that the function takes, each with a data id of its own.
 * @param run the function, with its arguments bound; returns its result tensors.
 * @param options.tolerant whether to let the run go on after a refusal and tell it
 *   in the end, rather than throw at once.
 */
export function record(
  engine: GraphEngine,
  args: readonly tf.Tensor[],
  run: () => readonly tf.Tensor[],
  options: { readonly tolerant: boolean },
): Tape {
  const recorder = new Recorder(engine, args, options.tolerant);
  recording = true;
  const release = intercept(engine, recorder);
  try {
    const results = run();
    return recorder.finish(results);
  } catch (error) {
    if (recorder.refused !== undefined) recorder.before.rollBack();
    recorder.discard();
    throw recorder.refused ?? error;
  } finally {
    release();
    recording = false;
  }
}

class Recorder implements Listener {
  /** The first refusal: a function may catch the error that it was given. */
  refused: Error | undefined;
  readonly before: Before;
  private readonly sources = new Map<number, Source>();
  private readonly usedVariables = new Map<tf.Variable, number>();
  private readonly origins: Origins;
  private readonly recording: Recording;
  private readonly firstNewId: number;

  constructor(
    private readonly engine: GraphEngine,
    args: readonly tf.Tensor[],
    private readonly tolerant: boolean,
  ) {
    const { backend, binding } = engine;
    this.origins = new Origins(backend);
    this.recording = {
      arguments: args.map(({ shape, dtype }) => ({ shape, dtype: dataTypes[dtype] })),
      operations: [],
      constants: [],
      captured: [],
      variables: [],
      results: [],
      counted: [],
      createdVariables: false,
    };
    backend.getInputTensorIds(args).forEach((id, index) => {
      this.sources.set(id, { kind: 'argument', index });
    });
    this.before = new Before(engine);
    // Ids only grow: whatever is made from here on has a higher one.
    this.firstNewId = binding.createTensor([], dataTypes.int32, new Int32Array(1));
    binding.deleteTensor(this.firstNewId);
  }

  /** Completes the recording: what the variables and results are in the end. */
  finish(results: readonly tf.Tensor[]): Tape {
    if (this.refused !== undefined && !this.tolerant) throw this.refused;
    const { backend } = this.engine;
    backend.getInputTensorIds(results).forEach((id, i) => {
      const type = dataTypes[(results[i] as tf.Tensor).dtype];
      this.recording.results.push({ source: this.sourceOf(id), type });
    });
    const live = new Set(liveVariables());
    this.recording.createdVariables = live.size !== this.before.ids.size;
    for (const [variable, startId] of this.before.ids) {
      if (!live.has(variable)) {
        this.refuse(refuseOp('Variable.dispose', `"${variable.name}" is gone after the run`));
        continue;
      }
      const [id] = backend.getInputTensorIds([variable]) as [number];
      if (id !== startId) this.use(variable).assigned = this.sourceOf(id);
    }
    return {
      recording: this.recording,
      refused: this.refused,
      rollBack: () => this.before.rollBack(),
      settle: () => this.before.settle(),
    };
  }

  /** Lets go of all that is held. */
  discard(): void {
    this.before.settle();
    for (const { id } of this.recording.captured) this.engine.binding.deleteTensor(id);
  }

  execute(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): OutputInfo[] {
    if (randomOps.has(name)) this.refuse(refuseRandomOp(name));
    const sources = inputs.map((id) => this.sourceOf(id));
    const infos = this.engine.binding.executeOp(name, attributes, inputs, outputs);
    const made = infos.map(({ shape, dtype }) => ({ shape, dtype }));
    const operation = { name, attributes: [...attributes], inputs: sources, outputs: made };
    const index = this.recording.operations.push(operation) - 1;
    infos.forEach(({ id }, output) => {
      this.sources.set(id, { kind: 'operation', index, output });
    });
    return infos;
  }

  createTensor(shape: number[], dtype: number, values: tf.TypedArray): number {
    const id = this.engine.binding.createTensor(shape, dtype, values);
    const origin = this.origins.of(values);
    // 64-bit values come from tfjs-node itself; all others without an origin were made before the run.
    if (origin === undefined && dtype !== dataTypes.int64) {
      this.sources.set(id, this.capture(id, dtype));
      return id;
    }
    if (!ArrayBuffer.isView(values)) this.refuse(refuseOp('tf.tensor', 'it makes strings'));
    const bytes = bytesOf(values);
    const constant = { dtype, shape: [...shape], bytes, origin: origin ?? 'tfjs-node' };
    const index = this.recording.constants.push(constant) - 1;
    this.sources.set(id, { kind: 'constant', index });
    return id;
  }

  write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    return this.origins.write(values, shape, dtype);
  }

  readSync(dataId: tf.DataId): tf.BackendValues {
    if (!this.origins.mayBeRead(dataId)) this.refuse(refuseRead());
    return this.origins.read(dataId);
  }

  savedModel(): void {
    this.refuse(refuseOp('runSavedModel', 'a saved model is a graph of its own'));
  }

  random(): void {
    this.refuse(refuseRandom());
  }

  madeVariable(variable: tf.Variable): void {
    this.before.remember(variable);
  }

  counted(optimizer: tf.Optimizer): void {
    this.before.rememberCount(optimizer);
    this.recording.counted.push(optimizer);
  }

  private sourceOf(id: number): Source {
    const known = this.sources.get(id);
    if (known !== undefined) return known;
    const variable = this.before.variableAt(id);
    if (variable !== undefined) {
      this.use(variable);
      return { kind: 'variable', index: this.usedVariables.get(variable) as number };
    }
    const source = this.capture(id);
    this.sources.set(id, source);
    return source;
  }

  private capture(id: number, dtype?: number): Source {
    if (dtype === undefined && id > this.firstNewId) {
      this.refuse(refuseOp('(unknown)', 'a tensor appeared that no recorded operation made'));
    }
    const held = identity(this.engine.binding, id, dtype);
    const { captured } = this.recording;
    const index = captured.push({ id: held.id, original: id, dtype: held.dtype, shape: held.shape }) - 1;
    return { kind: 'captured', index };
  }

  private use(variable: tf.Variable): RecordedVariable {
    let index = this.usedVariables.get(variable);
    if (index === undefined) {
      index = this.recording.variables.push({ variable }) - 1;
      this.usedVariables.set(variable, index);
    }
    return this.recording.variables[index] as RecordedVariable;
  }

  private refuse(error: Error): void {
    this.refused ??= error;
    if (!this.tolerant) throw error;
  }
}
