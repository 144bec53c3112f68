/**
 * The convolution: each filter is a window of weights that slides over the
 * picture, the same weights at every place (local receptive fields, shared
 * weights). Groups split the channels, as AlexNet did over its two GPUs.
 */
import * as tf from '../engine/tf';
import { affineParameters } from './dense';
import type { Layer } from './layer';
import { checkRank, checkWhole, type Shape } from './shape';
import type { ConvSpec } from './spec';
import { windowCount } from './window';

/** The layer of a spec. @param where its place, for errors. */
export function convLayer(spec: ConvSpec, where: string): Layer {
  const { filters, stride = 1, padding = 'valid', groups = 1 } = spec;
  const { weights = 'glorot-uniform', biases = 'zeros' } = spec;
  const [rows, columns] = typeof spec.size === 'number' ? [spec.size, spec.size] : spec.size;
  const outputShape = (input: Shape): Shape => {
    checkRank(where, input, 3, 'height, width, channels');
    checkWhole(where, 'filters', filters);
    checkWhole(where, 'groups', groups);
    const [height, width, channels] = input as readonly [number, number, number];
    if (channels % groups !== 0 || filters % groups !== 0) {
      const both = `${channels} channels and ${filters} filters`;
      throw new RangeError(`${where}: groups must divide ${both}, got ${groups}`);
    }
    const window = { stride, padding };
    return [
      windowCount(where, height, { size: rows, ...window }),
      windowCount(where, width, { size: columns, ...window }),
      filters,
    ];
  };
  const seen = (input: Shape): number => rows * columns * ((input[2] as number) / groups);
  return {
    outputShape,
    parameters(input) {
      const shape = [rows, columns, (input[2] as number) / groups, filters];
      const fans = { fanIn: seen(input), fanOut: (rows * columns * filters) / groups };
      return affineParameters(shape, { weights, biases }, fans);
    },
    multiplyAdds(input) {
      const [height, width] = outputShape(input) as readonly [number, number];
      return height * width * filters * seen(input);
    },
    forward(xs, scope) {
      const kernels = scope.tensor('weights') as tf.Tensor4D;
      const sums = convolve(padded(xs as tf.Tensor4D, padding), kernels, { stride, padding, groups });
      return biases === 'none' ? sums : tf.add(sums, scope.tensor('biases'));
    },
  };
}

function padded(xs: tf.Tensor4D, padding: ConvSpec['padding']): tf.Tensor4D {
  if (typeof padding !== 'number' || padding === 0) return xs;
  const both: [number, number] = [padding, padding];
  return tf.pad(xs, [[0, 0], both, both, [0, 0]]);
}

function convolve(
  xs: tf.Tensor4D,
  kernels: tf.Tensor4D,
  options: Required<Pick<ConvSpec, 'stride' | 'padding' | 'groups'>>,
): tf.Tensor4D {
  const { stride, groups } = options;
  const padding = options.padding === 'same' ? 'same' : 'valid';
  if (groups === 1) return tf.conv2d(xs, kernels, stride, padding);
  const parts = tf.split(xs, groups, 3) as tf.Tensor4D[];
  const banks = tf.split(kernels, groups, 3) as tf.Tensor4D[];
  const maps = parts.map((part, group) => tf.conv2d(part, banks[group] as tf.Tensor4D, stride, padding));
  return tf.concat(maps, 3);
}
