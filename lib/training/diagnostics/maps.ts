/**
 * What a convolutional net has learned to look for, and what it sees: its
 * filters, and the maps that they draw of a picture.
 */
import { checkArguments, checkOptions } from '../../core/argument';
import { aNumber, aString } from '../../core/argument-kinds';
import { aTensor } from '../../engine/argument-kinds';
import * as tf from '../../engine/tf';
import { aNet, someWeights } from '../../layers/argument-kinds';
import { forward, type Weights } from '../../layers/net';
import type { NetSpec } from '../../layers/spec';
import { scoped } from '../scoped';
import { type Picture, picturesOf } from './picture';

/**
 * The filters of a convolution, as seen on one of its input channels.
 *
 * @param path the layer, such as `layers.0`.
 * @param options.channel default 0.
 * @throws RangeError where that is no convolution or it has no such channel.
 */
export function filters(
  weights: Weights,
  path: string,
  options: { readonly channel?: number } = {},
): Picture[] {
  checkArguments('filters', { weights, path }, { weights: someWeights, path: aString });
  checkOptions('filters', options, { channel: aNumber });
  const { channel = 0 } = options;
  const kernels = weights.parameters[`${path}.weights`];
  if (kernels?.rank !== 4) throw new RangeError(`filters: ${path} is no convolution`);
  const [height, width, channels, count] = kernels.shape as [number, number, number, number];
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new RangeError(`filters: channel must be in 0 … ${channels - 1}, got ${channel}`);
  }
  return scoped(() => {
    const slice = tf.slice(kernels, [0, 0, channel, 0], [height, width, 1, count]);
    return picturesOf(tf.reshape(slice, [height, width, count]));
  });
}

/**
 * The output of a layer for one picture, channel by channel.
 *
 * @param x `[1, height, width, channels]`.
 * @param path the layer, such as `layers.2`.
 * @throws RangeError where there is no such layer or its output is no picture.
 */
export function featureMaps(net: NetSpec, weights: Weights, x: tf.Tensor, path: string): Picture[] {
  checkArguments(
    'featureMaps',
    { net, weights, x, path },
    { net: aNet, weights: someWeights, x: aTensor, path: aString },
  );
  let maps: Picture[] | undefined;
  const onOutput = (at: string, output: tf.Tensor): void => {
    if (at !== path) return;
    if (output.rank !== 4)
      throw new RangeError(`featureMaps: the output of ${path} is no picture: [${output.shape}]`);
    maps = picturesOf(tf.reshape(output, output.shape.slice(1)));
  };
  forward(net, weights, x, { onOutput }).dispose();
  if (maps === undefined) throw new RangeError(`featureMaps: there is no layer ${path}`);
  return maps;
}
