/**
 * Recording what a function does: it runs for real on the native engine while
 * every call of the back end to the addon is noted down.
 *
 * The addon's object is read-only, so the back end is given another one that
 * has it as its prototype. The idea of capturing the operations of one eager run
 * is Autograph's and PyTorch's (torch.jit.trace); that it can be done beneath
 * tfjs, gradients and optimizers included, is because all of them end in
 * `executeOp`.
 */
import * as tf from '../tf';
import { readersFrame, readersOp, stackFrames } from './call-site';
import {
  dataTypes,
  type GraphBinding,
  type GraphEngine,
  type NativeBackend,
  type OpAttribute,
  type OutputInfo,
} from './native-backend';
import type { RecordedVariable, Recording, Source } from './recording';
import { refuseOp, refuseRandom, refuseRandomOp, refuseRead } from './refuse';
import { placeEntry } from './resident';

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
  /** Gives the variables back the values that they had before the run, those that it made their first ones. */
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
  const release = recorder.attach();
  try {
    const results = run();
    return recorder.finish(results);
  } catch (error) {
    if (recorder.refused !== undefined) recorder.rollBack();
    recorder.discard();
    throw recorder.refused ?? error;
  } finally {
    release();
    recording = false;
  }
}

class Recorder {
  /** The first refusal: a function may catch the error that it was given. */
  refused: Error | undefined;
  private readonly sources = new Map<number, Source>();
  private readonly variableAt = new Map<number, tf.Variable>();
  private readonly usedVariables = new Map<tf.Variable, number>();
  private readonly startIds = new Map<tf.Variable, number>();
  /** Who made each array of values that became a tensor during the run. */
  private readonly origins = new WeakMap<object, string>();
  private readonly recording: Recording;
  private readonly firstNewId: number;
  /** The values of the variables before the run, and the first values of those that it makes. */
  private readonly before = new Map<tf.Variable, tf.Tensor>();

  private readonly backend: NativeBackend;
  private readonly binding: GraphBinding;

  constructor(
    { backend, binding }: GraphEngine,
    args: readonly tf.Tensor[],
    private readonly tolerant: boolean,
  ) {
    this.backend = backend;
    this.binding = binding;
    this.recording = {
      arguments: args.map(({ shape, dtype }) => ({ shape, dtype: dataTypes[dtype] })),
      operations: [],
      constants: [],
      captured: [],
      variables: [],
      results: [],
      createdVariables: false,
    };
    backend.getInputTensorIds(args).forEach((id, index) => {
      this.sources.set(id, { kind: 'argument', index });
    });
    for (const variable of liveVariables()) this.noteVariable(variable);
    // Ids only grow: whatever is made from here on has a higher one.
    this.firstNewId = binding.createTensor([], dataTypes.int32, new Int32Array(1));
    binding.deleteTensor(this.firstNewId);
  }

  /** Puts the recorder between the back end and the addon; returns what takes it away again. */
  attach(): () => void {
    const { backend, binding } = this;
    const { random } = Math;
    const tfEngine = tf.engine();
    const { makeVariable } = tfEngine;
    const previous = { binding: backend.binding, write: backend.write, readSync: backend.readSync };
    const overrides = {
      executeOp: (name: string, attributes: OpAttribute[], inputs: number[], outputs: number) =>
        this.execute(name, attributes, inputs, outputs),
      createTensor: (shape: number[], dtype: number, values: tf.TypedArray) =>
        this.create(shape, dtype, values),
      runSavedModel: (...args: unknown[]) => {
        this.refuse(refuseOp('runSavedModel', 'a saved model is a graph of its own'));
        return (binding as unknown as { runSavedModel(...args: unknown[]): unknown }).runSavedModel(...args);
      },
    };
    const own = Object.entries(overrides).map(([key, value]) => [key, { value }]);
    backend.binding = Object.create(binding, Object.fromEntries(own)) as NativeBackend['binding'];
    backend.write = (values, shape, dtype) => this.write(values, shape, dtype);
    backend.readSync = (dataId) => this.read(dataId);
    tfEngine.makeVariable = (...args) => {
      const variable = makeVariable.apply(tfEngine, args);
      this.remember(variable);
      return variable;
    };
    Math.random = () => {
      this.refuse(refuseRandom());
      return random();
    };
    return () => {
      Math.random = random;
      delete (tfEngine as Partial<typeof tfEngine>).makeVariable;
      backend.binding = previous.binding;
      // These are the prototypes' own: take ours off again.
      delete (backend as Partial<NativeBackend>).write;
      delete (backend as Partial<NativeBackend>).readSync;
    };
  }

  /** Completes the recording: what the variables and results are in the end. */
  finish(results: readonly tf.Tensor[]): Tape {
    if (this.refused !== undefined && !this.tolerant) throw this.refused;
    this.backend.getInputTensorIds(results).forEach((id, i) => {
      const type = dataTypes[(results[i] as tf.Tensor).dtype];
      this.recording.results.push({ source: this.sourceOf(id), type });
    });
    const live = new Set(liveVariables());
    this.recording.createdVariables = live.size !== this.startIds.size;
    for (const [variable, startId] of this.startIds) {
      if (!live.has(variable)) {
        this.refuse(refuseOp('Variable.dispose', `"${variable.name}" is gone after the run`));
        continue;
      }
      const [id] = this.backend.getInputTensorIds([variable]) as [number];
      if (id !== startId) this.use(variable).assigned = this.sourceOf(id);
    }
    return {
      recording: this.recording,
      refused: this.refused,
      rollBack: () => this.rollBack(),
      settle: () => this.settle(),
    };
  }

  rollBack(): void {
    for (const [variable, value] of this.before) {
      if (!variable.isDisposed && variable.dataId !== value.dataId) variable.assign(value);
    }
  }

  settle(): void {
    tf.dispose([...this.before.values()]);
    this.before.clear();
  }

  /** Lets go of all that is held. */
  discard(): void {
    this.settle();
    for (const { id } of this.recording.captured) this.binding.deleteTensor(id);
  }

  private noteVariable(variable: tf.Variable): void {
    // A variable may share its data with a tensor outside (tf.variable(x) does): tell the two apart.
    if (this.backend.tensorMap.get(variable.dataId).refCount > 1) this.separate(variable);
    const [id] = this.backend.getInputTensorIds([variable]) as [number];
    this.variableAt.set(id, variable);
    this.startIds.set(variable, id);
    this.remember(variable);
  }

  private remember(variable: tf.Variable): void {
    this.before.set(variable, tf.keep(tf.clone(variable)));
  }

  private separate(variable: tf.Variable): void {
    const [shared] = this.backend.getInputTensorIds([variable]) as [number];
    const { id, shape, dtype } = identity(this.binding, shared, dataTypes[variable.dtype]);
    placeEntry(variable, this.backend, { id, shape, dtype, values: null, refCount: 1 });
  }

  private execute(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): OutputInfo[] {
    if (randomOps.has(name)) this.refuse(refuseRandomOp(name));
    const sources = inputs.map((id) => this.sourceOf(id));
    const infos = this.binding.executeOp(name, attributes, inputs, outputs);
    const made = infos.map(({ shape, dtype }) => ({ shape, dtype }));
    const operation = { name, attributes: [...attributes], inputs: sources, outputs: made };
    const index = this.recording.operations.push(operation) - 1;
    infos.forEach(({ id }, output) => {
      this.sources.set(id, { kind: 'operation', index, output });
    });
    return infos;
  }

  private create(shape: number[], dtype: number, values: tf.TypedArray): number {
    const id = this.binding.createTensor(shape, dtype, values);
    const origin = this.origins.get(values);
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

  private write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const frames = stackFrames();
    const op = readersOp(frames);
    this.origins.set(values as object, `${op === undefined ? '' : `${op} `}at ${readersFrame(frames)}`);
    const { write } = Object.getPrototypeOf(this.backend) as NativeBackend;
    return write.call(this.backend, values, shape, dtype);
  }

  private read(dataId: tf.DataId): tf.BackendValues {
    const { values } = this.backend.tensorMap.get(dataId);
    const madeHere = values !== null && this.origins.has(values as object);
    if (!madeHere && !calledByKernel()) this.refuse(refuseRead());
    const { readSync } = Object.getPrototypeOf(this.backend) as NativeBackend;
    return readSync.call(this.backend, dataId);
  }

  private sourceOf(id: number): Source {
    const known = this.sources.get(id);
    if (known !== undefined) return known;
    const variable = this.variableAt.get(id);
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
    const held = identity(this.binding, id, dtype);
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

/** A copy of the bytes of numbers; none of strings, which are refused. */
function bytesOf(values: tf.TypedArray): Uint8Array {
  if (!ArrayBuffer.isView(values)) return new Uint8Array();
  return Uint8Array.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** The variables of numbers that tfjs knows of now. */
function liveVariables(): tf.Variable[] {
  const all = Object.values(tf.engine().registeredVariables);
  return all.filter(({ dtype }) => dtype !== 'string' && dtype !== 'complex64');
}

/** A second hold on a tensor, with an id of its own and the same memory. */
export function identity(binding: GraphBinding, id: number, dtype?: number): OutputInfo {
  const attributes = dtype === undefined ? [] : [{ name: 'T', type: binding.TF_ATTR_TYPE, value: dtype }];
  const [info] = binding.executeOp('Identity', attributes, [id], 1);
  return info as OutputInfo;
}

/**
 * Whether tfjs-node's own kernels ask: the one for tf.gather checks its indices
 * in JavaScript; in the graph TensorFlow checks them.
 */
function calledByKernel(): boolean {
  return /[\\/]tfjs-node-gpu[\\/]dist[\\/]kernels[\\/]/.test(stackFrames()[0] ?? '');
}
