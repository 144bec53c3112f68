/**
 * Batch normalisation in training as one operation of the native engine on the
 * CPU, with its gradient (`native/addon/batch_norm.cc`). Engines without it (`wasm`,
 * `cpu`, a GPU, the addon that tfjs-node ships) compute the same from tfjs's
 * operations: see the layer.
 */
import type { NativeBackend, OpAttribute } from './compile/native-backend';
import { attributeKinds } from './compile/rule-tools';
import { hasOwnOperations } from './native/load';
import * as tf from './tf';

/** The names of the kernels in tfjs. */
const kernels = { forward: 'InkwellBatchNorm', backward: 'InkwellBatchNormGrad' } as const;

/** What a batch normalisation of so many channels learns and keeps, `[channels]` each. */
export interface BatchNormTensors {
  readonly scale: tf.Tensor;
  readonly shift: tf.Tensor;
  readonly movingMean: tf.Tensor;
  readonly movingVariance: tf.Tensor;
}

export interface BatchNormNumbers {
  /** The share of the old averages in the new, in [0, 1). */
  readonly momentum: number;
  /** Added to the variance, above 0. */
  readonly epsilon: number;
}

/** What comes of a batch: its outputs, and the averages moved towards its mean and unbiased variance. */
export interface NormalisedBatch {
  readonly outputs: tf.Tensor;
  readonly movedMean: tf.Tensor;
  readonly movedVariance: tf.Tensor;
}

/**
 * Normalises over all axes but the last: `scale · (x − mean) / √(variance + epsilon) + shift`.
 * A gradient is that of the outputs; the averages are taken as given.
 *
 * @param xs `[…, channels]`, float32, at least one channel.
 * @throws Error where the engine does not have it (`hasOwnOperations`), and where shapes do not fit each other.
 */
export function normaliseBatch(
  xs: tf.Tensor,
  { scale, shift, movingMean, movingVariance }: BatchNormTensors,
  numbers: BatchNormNumbers,
): NormalisedBatch {
  const inputs = { xs, scale, shift, movingMean, movingVariance };
  const [outputs, , , movedMean, movedVariance] = tf
    .engine()
    .runKernel<tf.Tensor[]>(kernels.forward, inputs, { ...numbers }) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  return { outputs, movedMean, movedVariance };
}

/** The outputs; the mean and 1 / √(variance + epsilon) of the batch; the moved averages. */
const forward: tf.KernelConfig = {
  kernelName: kernels.forward,
  backendName: 'tensorflow',
  kernelFunc({ inputs, backend, attrs }) {
    const { xs, scale, shift, movingMean, movingVariance } = inputs as Record<string, tf.Tensor>;
    const native = backend as unknown as NativeBackend;
    const attributes = ['epsilon', 'momentum'].map(
      (name): OpAttribute => ({ name, type: attributeKinds.float, value: attrs?.[name] }),
    );
    const given = [xs, scale, shift, movingMean, movingVariance] as tf.Tensor[];
    const moments = native.executeMultipleOutputs('InkwellMoments', attributes, given, 6);
    const [mean, root, factor, offset, movedMean, movedVariance] = moments as Six;
    const [outputs] = native.executeMultipleOutputs('InkwellScale', [], [xs as tf.Tensor, factor, offset], 1);
    tf.dispose([factor, offset]);
    return [outputs as tf.Tensor, mean, root, movedMean, movedVariance];
  },
};

type Six = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

const backward: tf.KernelConfig = {
  kernelName: kernels.backward,
  backendName: 'tensorflow',
  kernelFunc({ inputs, backend }) {
    const { xs, scale, mean, root, dy } = inputs as Record<string, tf.Tensor>;
    const given = [xs, scale, mean, root, dy] as tf.Tensor[];
    return (backend as unknown as NativeBackend).executeMultipleOutputs(kernels.backward, [], given, 3);
  },
};

const gradient: tf.GradConfig = {
  kernelName: kernels.forward,
  inputsToSave: ['xs', 'scale'],
  outputsToSave: [false, true, true, false, false],
  gradFunc(dys, saved) {
    const [dy] = dys as tf.Tensor[];
    const [xs, scale, mean, root] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const inputs = { xs, scale, mean, root, dy } as unknown as tf.NamedTensorMap;
    const [dx, dscale, dshift] = tf.engine().runKernel<tf.Tensor[]>(kernels.backward, inputs);
    const none = (): tf.Tensor => tf.zerosLike(scale);
    return {
      xs: () => dx as tf.Tensor,
      scale: () => dscale as tf.Tensor,
      shift: () => dshift as tf.Tensor,
      movingMean: none,
      movingVariance: none,
    };
  },
};

/** Tells tfjs of the operations, once, where the addon has them. */
export function registerBatchNorm(): void {
  if (!hasOwnOperations() || tf.getGradient(kernels.forward) !== undefined) return;
  tf.registerKernel(forward);
  tf.registerKernel(backward);
  tf.registerGradient(gradient);
}
