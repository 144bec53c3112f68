/**
 * Gradients of convolutions with holes in the filter (dilation above 1), which
 * TensorFlow.js refuses.
 *
 * A convolution is a sum over the taps of its filter: tap (i, j) multiplies the
 * image shifted by (i·d, j·d). So the filter's gradient at a tap is the product of
 * that shifted image with the output's gradient, and the image's gradient is the
 * sum over the taps of the output's gradient, weighted and shifted back.
 */
import * as tf from '../tf';

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations?: [number, number] | number | null;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: string;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Info = tf.backend_util.Conv2DInfo;

/** The gradient of `conv2d`, dilated or not. */
export function conv2dGradient(): tf.GradConfig {
  return withDilation('Conv2D', false, ({ batchSize, outHeight, outWidth, inChannels, outChannels }) => ({
    weighted: (dy, tap) =>
      dy
        .reshape([-1, outChannels])
        .matMul(tap.reshape([inChannels, outChannels]), false, true)
        .reshape([batchSize, outHeight, outWidth, inChannels]),
    tapGradient: (shifted, dy) =>
      shifted.reshape([-1, inChannels]).matMul(dy.reshape([-1, outChannels]), true),
  }));
}

/** The gradient of `depthwiseConv2d`, dilated or not. */
export function depthwiseConv2dGradient(): tf.GradConfig {
  return withDilation(
    'DepthwiseConv2dNative',
    true,
    ({ batchSize, outHeight, outWidth, inChannels, outChannels }) => {
      const shape = [batchSize, outHeight, outWidth, inChannels, outChannels / inChannels];
      return {
        weighted: (dy, tap) => dy.reshape(shape).mul(tap).sum(-1),
        tapGradient: (shifted, dy) => shifted.expandDims(-1).mul(dy.reshape(shape)).sum([0, 1, 2]),
      };
    },
  );
}

/** TensorFlow.js's own gradient, except for filters with holes. */
function withDilation(
  kernelName: string,
  depthwise: boolean,
  rules: (info: Info) => TapRules,
): tf.GradConfig {
  const own = tf.getGradient(kernelName);
  return {
    ...own,
    gradFunc: (dy, saved, attributes) => {
      if (!isDilated(attributes)) return own.gradFunc(dy, saved, attributes);
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const info = infoOf(x, filter, attributes, depthwise);
      return gradientsByTaps(dy as tf.Tensor4D, x, filter, info, rules(info));
    },
  };
}

function isDilated(attributes: tf.NamedAttrMap): boolean {
  const { dilations } = attributes as unknown as Attributes;
  return [dilations ?? 1].flat().some((dilation) => dilation > 1);
}

function infoOf(x: tf.Tensor4D, filter: tf.Tensor4D, attributes: tf.NamedAttrMap, depthwise: boolean): Info {
  const { strides, dilations, pad, dimRoundingMode } = attributes as unknown as Attributes;
  return tf.backend_util.computeConv2DInfo(
    x.shape,
    filter.shape,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

interface TapRules {
  /** The part of the image's gradient that goes through one tap. */
  readonly weighted: (dy: tf.Tensor, tap: tf.Tensor) => tf.Tensor;
  /** The gradient of one tap of the filter. */
  readonly tapGradient: (shifted: tf.Tensor, dy: tf.Tensor) => tf.Tensor;
}

/** Dilation above 1 implies strides of 1, so a shifted image is a slice of the padded one. */
function gradientsByTaps(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  info: Info,
  { weighted, tapGradient }: TapRules,
): { x: () => tf.Tensor; filter: () => tf.Tensor } {
  const { top, bottom, left, right } = info.padInfo;
  const [, channels, multiplier] = filter.shape.slice(1) as [number, number, number];
  const taps = tapsOf(info);
  return {
    filter: () => {
      const padded = x.pad([
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      const size = [info.batchSize, info.outHeight, info.outWidth, info.inChannels];
      const gradients = taps.map(({ row, column }) =>
        tapGradient(padded.slice([0, row, column, 0], size), dy),
      );
      return tf.stack(gradients).reshape(filter.shape);
    },
    x: () => {
      const height = info.inHeight + top + bottom;
      const width = info.inWidth + left + right;
      const parts = taps.map(({ i, j, row, column }) => {
        const part = weighted(
          dy,
          filter.slice([i, j, 0, 0], [1, 1, channels, multiplier]).reshape([channels, multiplier]),
        );
        const below = height - row - info.outHeight;
        const beside = width - column - info.outWidth;
        return part.pad([
          [0, 0],
          [row, below],
          [column, beside],
          [0, 0],
        ]);
      });
      return tf.addN(parts).slice([0, top, left, 0], x.shape);
    },
  };
}

function tapsOf(info: Info): { i: number; j: number; row: number; column: number }[] {
  return Array.from({ length: info.filterHeight * info.filterWidth }, (_, tap) => {
    const i = Math.floor(tap / info.filterWidth);
    const j = tap % info.filterWidth;
    return { i, j, row: i * info.dilationHeight, column: j * info.dilationWidth };
  });
}
