/**
 * An LSTM over all steps of its input as one operation of the native engine on
 * the CPU, with its gradient (`native/addon/lstm.cc`). Engines without it (`wasm`,
 * `cpu`, a GPU, the addon that tfjs-node ships) compute the same from tfjs's
 * operations: see the layer.
 */
import type { NativeBackend } from './compile/native-backend';
import { hasOwnOperations } from './native/load';
import * as tf from './tf';

/** The operations' names in TensorFlow. */
const operations = {
  forward: 'InkwellLstm',
  backward: 'InkwellLstmGrad',
  weights: 'InkwellLstmGradWeights',
} as const;

/** What an LSTM of so many units learns; columns in the order i, f, g, o. */
export interface LstmParameters {
  /** `[features, 4 · units]`. */
  readonly weights: tf.Tensor;
  /** `[units, 4 · units]`. */
  readonly recurrentWeights: tf.Tensor;
  /** `[4 · units]`. */
  readonly biases: tf.Tensor;
}

/** The hidden state after the last step, `[batch, units]`, or after each, `[batch, steps, units]`. */
export type LstmReturns = 'last' | 'sequence';

/**
 * From a state of zeros, step by step: `i, f, o = σ(x·W + h·U + b)`, `g = tanh(x·W + h·U + b)`,
 * `c ← f·c + i·g`, `h ← o·tanh(c)`.
 *
 * @param xs the input, `[batch, steps, features]`.
 * @param returns which states to return; default `'last'`.
 * @throws Error where the engine does not have it (`hasOwnOperations`), and where shapes do not fit each other.
 */
export function lstmSteps(
  xs: tf.Tensor,
  { weights, recurrentWeights, biases }: LstmParameters,
  returns: LstmReturns = 'last',
): tf.Tensor {
  const input = xs.dtype === 'float32' ? xs : tf.cast(xs, 'float32');
  const [hidden, last] = run(
    operations.forward,
    { xs: input, weights, recurrentWeights, biases },
    { returns },
  );
  return (returns === 'last' ? last : hidden) as tf.Tensor;
}

function run(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor | undefined>>,
  attributes?: Attributes,
): tf.Tensor[] {
  return tf
    .engine()
    .runKernel<tf.Tensor[]>(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap | undefined);
}

/** What the gradient has to know, and the operation has not. */
interface Attributes {
  readonly returns: LstmReturns;
}

function kernel(kernelName: string, names: readonly string[], outputs: number): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc({ inputs, backend }) {
      const given = names.map((name) => inputs[name] as tf.Tensor);
      return (backend as unknown as NativeBackend).executeMultipleOutputs(kernelName, [], given, outputs);
    },
  };
}

const gradient: tf.GradConfig = {
  kernelName: operations.forward,
  inputsToSave: ['xs', 'weights', 'recurrentWeights'],
  outputsToSave: [true, false, true],
  gradFunc(dys, saved, attributes) {
    const { returns } = attributes as unknown as Attributes;
    const dhidden = (dys as tf.Tensor[])[returns === 'last' ? 1 : 0];
    const [xs, weights, recurrentWeights, hidden, kept] = saved as [tf.Tensor, tf.Tensor2D, ...tf.Tensor[]];
    const [dz] = run(operations.backward, { recurrentWeights, kept, dhidden }) as [tf.Tensor];
    const [dweights, drecurrent, dbiases] = run(operations.weights, { xs, hidden, dz });
    return {
      xs: () => tf.reshape(tf.matMul(tf.reshape(dz, [-1, weights.shape[1]]), weights, false, true), xs.shape),
      weights: () => dweights as tf.Tensor,
      recurrentWeights: () => drecurrent as tf.Tensor,
      biases: () => dbiases as tf.Tensor,
    };
  },
};

/** Tells tfjs of the operations, once, where the addon has them. */
export function registerLstm(): void {
  if (!hasOwnOperations() || tf.getGradient(operations.forward) !== undefined) return;
  tf.registerKernel(kernel(operations.forward, ['xs', 'weights', 'recurrentWeights', 'biases'], 3));
  tf.registerKernel(kernel(operations.backward, ['recurrentWeights', 'kept', 'dhidden'], 1));
  tf.registerKernel(kernel(operations.weights, ['xs', 'hidden', 'dz'], 3));
  tf.registerGradient(gradient);
}
