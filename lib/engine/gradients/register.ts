/**
 * Gradients that TensorFlow.js lacks or gets wrong, on every engine. Each was
 * found by finite differences; the conformance suite holds them.
 */
import * as tf from '../tf';
import { batchMatMulGradient } from './batchMatMul';
import { cumsumGradient } from './cumsum';
import { conv2dGradient, depthwiseConv2dGradient } from './dilatedConvolution';
import { einsumGradient } from './einsum';
import { gatherNdGradient } from './gatherNd';
import { mirrorPadGradient, stridedSliceGradient } from './movedElements';
import { squaredDifferenceGradient } from './squaredDifference';
import { topKGradient } from './topK';

let registered = false;

/** Registers them all, once. */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  const gradients: readonly tf.GradConfig[] = [
    batchMatMulGradient,
    conv2dGradient(),
    cumsumGradient,
    depthwiseConv2dGradient(),
    einsumGradient,
    gatherNdGradient,
    mirrorPadGradient,
    squaredDifferenceGradient,
    stridedSliceGradient,
    topKGradient,
  ];
  for (const gradient of gradients) {
    if (tf.getGradient(gradient.kernelName) !== undefined) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  }
}
