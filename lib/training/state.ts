/**
 * All that training changes, as variables of the engine: parameters, the
 * layers' buffers, the optimizer's moments. A snapshot of them is enough to go
 * on from as if nothing had happened.
 */
import * as tf from '../engine/tf';
import type { Tensors } from '../layers/layer';
import { disposeWeights, initialize, type Weights } from '../layers/net';
import { shapeText } from '../layers/shape';
import type { NetSpec } from '../layers/spec';
import type { Optimizer } from './optimizers';

/** Variables by name. */
export type Variables = { readonly [name: string]: tf.Variable };

export interface TrainingState {
  readonly parameters: Variables;
  readonly buffers: Variables;
  readonly optimizer: Variables;
}

/** The same as plain values, to be saved. */
export type Snapshot = { readonly [Group in keyof TrainingState]: Tensors };

/** Fresh variables, from the seed or from weights that are copied. */
export function createState(
  net: NetSpec,
  optimizer: Optimizer,
  from: { readonly seed: number } | { readonly weights: Weights },
): TrainingState {
  const weights = 'weights' in from ? from.weights : initialize(net, { seed: from.seed });
  const moments = optimizer.init(weights.parameters);
  const state = {
    parameters: variables(weights.parameters),
    buffers: variables(weights.buffers),
    optimizer: variables(moments),
  };
  tf.dispose(Object.values(moments));
  if ('seed' in from) disposeWeights(weights);
  return state;
}

function variables(tensors: Tensors): Variables {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tf.tidy(() => tf.variable(tf.clone(tensor), false)),
    ]),
  );
}

/** Gives every variable of a group its new value. */
export function assignAll(group: Variables, values: Tensors): void {
  for (const [name, variable] of Object.entries(group)) {
    const value = values[name];
    if (value === undefined) throw new RangeError(`state: there is no value for ${name}`);
    if (shapeText(value.shape) !== shapeText(variable.shape)) {
      const shapes = `${shapeText(variable.shape)}, got ${shapeText(value.shape)}`;
      throw new RangeError(`state: ${name} must have shape ${shapes}`);
    }
    variable.assign(value);
  }
}

/** Copies of all values; who asks for them disposes of them (`disposeSnapshot`). */
export function takeSnapshot(state: TrainingState): Snapshot {
  const copies = (group: Variables): Tensors =>
    Object.fromEntries(
      Object.entries(group).map(([name, variable]) => [name, tf.clone(variable as tf.Tensor)]),
    );
  return {
    parameters: copies(state.parameters),
    buffers: copies(state.buffers),
    optimizer: copies(state.optimizer),
  };
}

/** Puts a snapshot back. Throws RangeError where it is of another net. */
export function restoreSnapshot(state: TrainingState, snapshot: Snapshot): void {
  assignAll(state.parameters, snapshot.parameters);
  assignAll(state.buffers, snapshot.buffers);
  assignAll(state.optimizer, snapshot.optimizer);
}

/** Frees the copies. */
export function disposeSnapshot(snapshot: Snapshot): void {
  for (const group of Object.values(snapshot)) tf.dispose(Object.values(group));
}

/** Frees the variables. */
export function disposeState({ parameters, buffers, optimizer }: TrainingState): void {
  for (const group of [parameters, buffers, optimizer]) tf.dispose(Object.values(group));
}

/** Runs work and puts the state back to what it was before. */
export function keepingState(state: TrainingState, work: () => void): void {
  const before = takeSnapshot(state);
  try {
    work();
  } finally {
    restoreSnapshot(state, before);
    disposeSnapshot(before);
  }
}
