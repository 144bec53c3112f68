/**
 * The gradient of a convolution's images, as a convolution: of the output's
 * gradient with the filter turned by half a turn, in and out exchanged. With a
 * stride of s, s − 1 zeros go between the gradient's rows and columns first.
 *
 * The wasm engine has this kernel as plain loops; as a convolution it runs on
 * XNNPACK, many times faster.
 */

import { installKernel } from '../kernels/install';
import { type Input, type ScriptKernel, scriptKernel } from '../kernels/script';
import * as tf from '../tf';
import { type ConvolutionAttributes, Workbench } from './call';

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: [number, number, number, number];
}

type Shape = [number, number, number, number];

/** Puts zeros between the rows and columns of images. */
const spread: ScriptKernel<{ readonly strides: [number, number] }> = {
  kernelName: 'InkwellSpread',
  inputs: ['x'],
  output: ([x], { strides: [down, across] }) => {
    const [batch, height, width, channels] = (x as Input).shape as Shape;
    return { shape: [batch, (height - 1) * down + 1, (width - 1) * across + 1, channels], dtype: 'float32' };
  },
  compute(out, [x], { strides: [down, across] }) {
    const { shape, values } = x as Input;
    const [batch, height, width, channels] = shape as Shape;
    const [outHeight, outWidth] = [(height - 1) * down + 1, (width - 1) * across + 1];
    for (let pixel = 0; pixel < batch * height * width; pixel++) {
      const row = Math.floor(pixel / width);
      const place =
        (Math.floor(row / height) * outHeight + (row % height) * down) * outWidth + (pixel % width) * across;
      out.set(values.subarray(pixel * channels, (pixel + 1) * channels), place * channels);
    }
  },
};

/** Turns a filter by half a turn and exchanges its inputs and outputs. */
const turn: ScriptKernel<unknown> = {
  kernelName: 'InkwellTurn',
  inputs: ['filter'],
  output: ([filter]) => {
    const [height, width, ins, outs] = (filter as Input).shape as Shape;
    return { shape: [height, width, outs, ins], dtype: 'float32' };
  },
  compute(out, [filter]) {
    const { shape, values } = filter as Input;
    const [height, width, ins, outs] = shape as Shape;
    for (let tap = 0, from = 0; tap < height * width; tap++) {
      const to = (height * width - 1 - tap) * ins * outs;
      for (let i = 0; i < ins; i++) {
        for (let o = 0; o < outs; o++, from++) out[to + o * ins + i] = values[from] as number;
      }
    }
  },
};

/** Registers the kernel; `original` serves paddings wider than the filter. */
export function installConv2dInputGrad(): void {
  const original = tf.getKernel('Conv2DBackpropInput', 'wasm');
  installKernel(scriptKernel(spread, 'wasm'));
  installKernel(scriptKernel(turn, 'wasm'));
  installKernel({ ...original, kernelFunc: (call) => inputGradient(call) ?? original.kernelFunc(call) });
}

function inputGradient({ inputs, attrs, backend }: Parameters<tf.KernelFunc>[0]): tf.TensorInfo | undefined {
  const { dy, filter } = inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
  const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attrs as unknown as Attributes;
  if (dataFormat !== 'NHWC') return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape as Shape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  const top = filterHeight - 1 - padInfo.top;
  const left = filterWidth - 1 - padInfo.left;
  const bottom = info.inHeight - ((info.outHeight - 1) * strideHeight + 1) - top + filterHeight - 1;
  const right = info.inWidth - ((info.outWidth - 1) * strideWidth + 1) - left + filterWidth - 1;
  if (Math.min(top, left, bottom, right) < 0) return undefined;
  const bench = new Workbench(backend);
  const strided = strideHeight > 1 || strideWidth > 1;
  const gradient = strided
    ? bench.call('InkwellSpread', { x: dy }, { strides: [strideHeight, strideWidth] })
    : dy;
  const turned = bench.call('InkwellTurn', { filter });
  return bench.finish(
    bench.call(
      'Conv2D',
      { x: gradient, filter: turned },
      {
        strides: 1,
        dilations: 1,
        pad: [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
        dataFormat: 'NHWC',
      },
    ),
  );
}
