/**
 * Standing between tfjs and the addon: everything that a function makes the
 * engine do, and the few things that it must not do, go through a listener.
 *
 * The addon's object is read-only, so the back end is given another one that has
 * it as its prototype.
 */
import * as tf from '../tf';
import type { GraphEngine, NativeBackend, OpAttribute, OutputInfo } from './native-backend';

/** Who is asked in place of the addon and the back end, and told of the rest. */
export interface Listener {
  execute(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): OutputInfo[];
  createTensor(shape: number[], dtype: number, values: tf.TypedArray): number;
  write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId;
  readSync(dataId: tf.DataId): tf.BackendValues;
  /** Before a saved model runs. */
  savedModel(): void;
  /** Before `Math.random` draws. */
  random(): void;
  /** After a variable was made. */
  madeVariable(variable: tf.Variable): void;
  /** Before one of tfjs's optimizers counts a step. */
  counted(optimizer: tf.Optimizer): void;
}

/** The method of tfjs's optimizers that counts their steps; the typings hide it. */
type Counting = { incrementIterations(this: tf.Optimizer): void };

/** Puts a listener in between; returns what takes it away again. */
export function intercept({ backend, binding }: GraphEngine, listener: Listener): () => void {
  const { random } = Math;
  const previous = backend.binding;
  const restoreEngine = interceptEngine(listener);
  backend.binding = standIn(binding, listener) as unknown as NativeBackend['binding'];
  backend.write = (values, shape, dtype) => listener.write(values, shape, dtype);
  backend.readSync = (dataId) => listener.readSync(dataId);
  Math.random = () => {
    listener.random();
    return random();
  };
  return () => {
    Math.random = random;
    backend.binding = previous;
    // These are the prototype's own: take ours off again.
    delete (backend as Partial<NativeBackend>).write;
    delete (backend as Partial<NativeBackend>).readSync;
    restoreEngine();
  };
}

function standIn(binding: GraphEngine['binding'], listener: Listener): object {
  const overrides = {
    executeOp: (name: string, attributes: OpAttribute[], inputs: number[], outputs: number) =>
      listener.execute(name, attributes, inputs, outputs),
    createTensor: (shape: number[], dtype: number, values: tf.TypedArray) =>
      listener.createTensor(shape, dtype, values),
    runSavedModel: (...args: unknown[]) => {
      listener.savedModel();
      return (binding as unknown as { runSavedModel(...args: unknown[]): unknown }).runSavedModel(...args);
    },
  };
  const own = Object.entries(overrides).map(([key, value]) => [key, { value }]);
  return Object.create(binding, Object.fromEntries(own)) as object;
}

function interceptEngine(listener: Listener): () => void {
  const engine = tf.engine();
  const { makeVariable } = engine;
  const optimizers = tf.Optimizer.prototype as unknown as Counting;
  const { incrementIterations } = optimizers;
  engine.makeVariable = (...args) => {
    const variable = makeVariable.apply(engine, args);
    listener.madeVariable(variable);
    return variable;
  };
  optimizers.incrementIterations = function () {
    listener.counted(this);
    incrementIterations.call(this);
  };
  return () => {
    delete (engine as Partial<typeof engine>).makeVariable;
    optimizers.incrementIterations = incrementIterations;
  };
}
