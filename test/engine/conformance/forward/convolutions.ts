/** Convolutions, pooling and resizing. */
import * as tf from 'inkwell/engine/tf';
import { image } from '../rows';
import { type ForwardCase, of } from './case';

const nine = (): tf.Tensor4D => image('1 2 3', '4 5 6', '7 8 9');
const sixteen = (): tf.Tensor4D => image('1 2 3 4', '5 6 7 8', '9 10 11 12', '13 14 15 16');
const filter = (): tf.Tensor4D => tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);

/** One pixel of two channels, mixed into three. */
function mixChannels(): tf.Tensor {
  const pixel = tf.tensor4d([1, 2], [1, 1, 1, 2]);
  return tf.conv2d(pixel, tf.tensor4d([1, 2, 3, 10, 20, 30], [1, 1, 2, 3]), 1, 'valid');
}

/** Two pixels of two channels, each channel with a filter of its own. */
function keepChannelsApart(): tf.Tensor {
  const pixels = tf.tensor4d([1, 10, 2, 20], [1, 1, 2, 2]);
  return tf.depthwiseConv2d(pixels, tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), 1, 'valid');
}

function spreadPixels(): tf.Tensor {
  const corners = tf.tensor4d([1, 0, 0, 5], [2, 2, 1, 1]);
  return tf.conv2dTranspose(image('1 2', '3 4'), corners, [1, 4, 4, 1], 2, 'valid');
}

function l2Pool(): tf.Tensor {
  const squares = tf.square(image('1 2', '2 4')) as tf.Tensor4D;
  return tf.avgPool(squares, 2, 2, 'valid').mul(4).sqrt();
}

const threeChannels = (): tf.Tensor4D => tf.tensor4d([1, 2, 3], [1, 1, 1, 3]);
const { resizeBilinear } = tf.image;

/** 1·1 + 2·2 + 4·3 + 5·4 = 37 and so on: TensorFlow's convolution does not turn the filter. */
export const convolutions: readonly ForwardCase[] = [
  of('conv2d, valid', () => tf.conv2d(nine(), filter(), 1, 'valid'), [1, 2, 2, 1], [37, 47, 67, 77]),
  of(
    'conv2d, same: zeros below and to the right',
    () => tf.conv2d(nine(), filter(), 1, 'same'),
    [1, 3, 3, 1],
    [37, 47, 21, 67, 77, 33, 23, 26, 9],
  ),
  of(
    'conv2d, same with stride 2: the odd zero goes to the end',
    () => tf.conv2d(sixteen(), tf.ones([3, 3, 1, 1]), 2, 'same'),
    [1, 2, 2, 1],
    [54, 45, 72, 54],
  ),
  of('conv2d, dilation 2', () => tf.conv2d(nine(), filter(), 1, 'valid', 'NHWC', 2), [1, 1, 1, 1], [64]),
  of('conv2d mixes channels', mixChannels, [1, 1, 1, 3], [21, 42, 63]),
  of('depthwiseConv2d keeps channels apart', keepChannelsApart, [1, 1, 1, 2], [7, 100]),
  of(
    'conv2dTranspose spreads each pixel',
    spreadPixels,
    [1, 4, 4, 1],
    [1, 0, 2, 0, 0, 5, 0, 10, 3, 0, 4, 0, 0, 15, 0, 20],
  ),
  of(
    'maxPool of negative numbers',
    () => tf.maxPool(image('-1 -2', '-3 -4'), 2, 2, 'valid'),
    [1, 1, 1, 1],
    [-1],
  ),
  of('maxPool, windows that overlap', () => tf.maxPool(nine(), 2, 1, 'valid'), [1, 2, 2, 1], [5, 6, 8, 9]),
  of(
    'avgPool, same: zeros outside do not count',
    () => tf.avgPool(nine(), 2, 2, 'same'),
    [1, 2, 2, 1],
    [3, 4.5, 7.5, 9],
  ),
  of('L2 pooling', l2Pool, [1, 1, 1, 1], [5]),
  of(
    'local response normalization',
    () => tf.localResponseNormalization(threeChannels(), 1, 1, 1, 1),
    [1, 1, 1, 3],
    [1 / 6, 2 / 15, 3 / 14],
  ),
  of('resizeBilinear', () => resizeBilinear(image('0 1'), [1, 4]), [1, 1, 4, 1], [0, 0.5, 1, 1]),
  of(
    'resizeBilinear, corners aligned',
    () => resizeBilinear(image('0 3'), [1, 4], true),
    [1, 1, 4, 1],
    [0, 1, 2, 3],
  ),
];
