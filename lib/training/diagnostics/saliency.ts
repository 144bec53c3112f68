/**
 * Saliency: how much each pixel sways the answer, |∂ logit / ∂ pixel| (Simonyan,
 * Vedaldi and Zisserman, 2013).
 */
import { checkArguments } from '../../core/argument';
import { aNumber } from '../../core/argument-kinds';
import { aTensor } from '../../engine/argument-kinds';
import * as tf from '../../engine/tf';
import { aNet, someWeights } from '../../layers/argument-kinds';
import { forward, type Weights } from '../../layers/net';
import type { NetSpec } from '../../layers/spec';
import { scoped } from '../scoped';
import { type Picture, picturesOf } from './picture';

/**
 * The saliency of one picture for one class; the largest over its channels.
 *
 * @param x `[1, height, width, channels]`; RangeError otherwise.
 * @param label the class that is asked about; default the net's own answer.
 */
export function saliency(net: NetSpec, weights: Weights, x: tf.Tensor, label?: number): Picture {
  checkArguments('saliency', { net, weights, x }, { net: aNet, weights: someWeights, x: aTensor });
  if (label !== undefined) checkArguments('saliency', { label }, { label: aNumber });
  if (x.rank !== 4 || x.shape[0] !== 1) {
    throw new RangeError(`saliency: x must have shape [1, height, width, channels], got [${x.shape}]`);
  }
  return scoped(() => {
    const chosen = label ?? (tf.argMax(tf.reshape(forward(net, weights, x), [-1])).dataSync()[0] as number);
    const slopes = tf.grad((input: tf.Tensor) => {
      const logits = tf.reshape(forward(net, weights, input), [-1]);
      return tf.sum(tf.slice(logits, chosen, 1));
    })(x);
    const largest = tf.max(tf.abs(tf.squeeze(slopes, [0])), -1, true);
    return picturesOf(largest)[0] as Picture;
  });
}
