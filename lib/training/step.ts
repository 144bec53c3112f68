/**
 * One step of training, as a function of tensors: gather the mini-batch, go
 * forward, take the gradient, update. Whatever changes from step to step comes
 * in as a tensor and whatever lasts is a variable, so the whole step can be
 * recorded once and run as one graph.
 */
import * as tf from '../engine/tf';
import type { Tensors } from '../layers/layer';
import { forwardTraining } from '../layers/net';
import { foldIn } from '../layers/random';
import type { NetSpec } from '../layers/spec';
import type { Loss } from './losses';
import { addL2, type Optimizer } from './optimizers';
import { assignAll, type TrainingState } from './state';

/** What a step is made of. */
export interface StepParts {
  readonly net: NetSpec;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Changes the inputs of a batch at random, such as `augment({ rotationDegrees: 10 })`. */
  readonly augment?: Augmentation;
}

/** Inputs of a batch, changed; chance comes from the key (`statelessUniform`). To be called in a `tidy`. */
export type Augmentation = (xs: tf.Tensor, key: tf.Tensor1D) => tf.Tensor;

/** What a step is given. A type, not an interface: it is a record of tensors. */
export type StepInputs = {
  /** All examples, and all targets. */
  readonly xs: tf.Tensor;
  readonly ys: tf.Tensor;
  /** Which of them are in the batch: int32, `[batchSize]`. */
  readonly indices: tf.Tensor;
  readonly learningRate: tf.Scalar;
  /** The strength of L2: its gradient is `l2 · w`. Left out, there is none. */
  readonly l2?: tf.Scalar;
  /** In place of the dropout layers' own rates. */
  readonly dropoutRate?: tf.Scalar;
  /** int32 `[seed, step]`: decides dropout and augmentation. */
  readonly key: tf.Tensor1D;
};

/** Takes a step and returns the loss of its batch before the update. */
export type Step = (inputs: StepInputs) => tf.Scalar;

/** The step of a net, whose state it changes. */
export function createStep(parts: StepParts, state: TrainingState): Step {
  const { optimizer } = parts;
  return (inputs) =>
    tf.tidy(() => {
      const { loss, gradients, buffers } = takeGradients(parts, state, inputs);
      const pulled = inputs.l2 === undefined ? gradients : addL2(gradients, state.parameters, inputs.l2);
      const next = optimizer.update(state.parameters, pulled, state.optimizer, inputs.learningRate);
      assignAll(state.parameters, next.parameters);
      assignAll(state.optimizer, next.state);
      assignAll(state.buffers, buffers);
      tf.dispose(Object.values(buffers));
      return loss;
    });
}

/** The loss of a batch, its gradient for each parameter, and the moved buffers (kept: dispose of them). */
export function takeGradients(
  { net, loss, augment }: StepParts,
  state: TrainingState,
  inputs: Omit<StepInputs, 'learningRate' | 'l2'>,
): { readonly loss: tf.Scalar; readonly gradients: Tensors; readonly buffers: Tensors } {
  const { key, dropoutRate } = inputs;
  const batch = tf.gather(inputs.xs, inputs.indices);
  const targets = tf.gather(inputs.ys, inputs.indices);
  const xs = augment === undefined ? batch : augment(batch, foldIn(key, 'augment'));
  const names = Object.keys(state.parameters);
  let buffers: Tensors = {};
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
    const parameters = Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
    const mode = dropoutRate === undefined ? { key } : { key, dropoutRate };
    const pass = forwardTraining(net, { parameters, buffers: state.buffers }, xs, mode);
    buffers = pass.buffers;
    for (const buffer of Object.values(buffers)) tf.keep(buffer); // they outlive the gradient's own tidy
    return loss(pass.outputs, targets);
  })(Object.values(state.parameters));
  const gradients = Object.fromEntries(names.map((name, i) => [name, grads[i] as tf.Tensor]));
  return { loss: value as tf.Scalar, gradients, buffers };
}
