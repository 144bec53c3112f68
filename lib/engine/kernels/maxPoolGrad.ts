/**
 * Gradient of max-pooling: each output's gradient goes to the first largest
 * element of its window.
 *
 * The wasm engine's own starts its search at 0, so that a window of negative
 * numbers passes nothing back.
 */
import * as tf from '../tf';
import type { Input, ScriptKernel, Values } from './script';

export interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The geometry of a pooling; images are batch × height × width × channels. */
export function poolInfo(shape: number[], attributes: PoolAttributes): tf.backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const image = shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(image, filterSize, strides, 1, pad, dimRoundingMode);
}

/** One window, clipped to the image: rows [top, bottom) and columns [left, right). */
export interface Window {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The window that feeds the output at (row, column). */
export function windowOf(info: tf.backend_util.Conv2DInfo, row: number, column: number): Window {
  const top = row * info.strideHeight - info.padInfo.top;
  const left = column * info.strideWidth - info.padInfo.left;
  return {
    top: Math.max(0, top),
    bottom: Math.min(info.inHeight, top + info.filterHeight),
    left: Math.max(0, left),
    right: Math.min(info.inWidth, left + info.filterWidth),
  };
}

export const maxPoolGrad: ScriptKernel<PoolAttributes> = {
  kernelName: 'MaxPoolGrad',
  inputs: ['dy', 'input'],
  output: ([, input]) => ({ shape: (input as Input).shape, dtype: 'float32' }),
  compute(dx, [dy, input], attributes) {
    const { shape, values } = input as Input;
    const info = poolInfo(shape, attributes);
    const gradient = (dy as Input).values;
    const places = new Int32Array(info.inChannels);
    for (let batch = 0, output = 0; batch < info.batchSize; batch++) {
      const offset = batch * info.inHeight * info.inWidth;
      for (let row = 0; row < info.outHeight; row++) {
        for (let column = 0; column < info.outWidth; column++) {
          largest(places, values, info, offset, windowOf(info, row, column));
          for (let channel = 0; channel < info.inChannels; channel++, output++) {
            const place = places[channel] as number;
            dx[place] = (dx[place] as number) + (gradient[output] as number);
          }
        }
      }
    }
  },
};

/** Finds the first largest element of a window, for each channel. */
function largest(
  places: Int32Array,
  values: Values,
  { inWidth, inChannels }: tf.backend_util.Conv2DInfo,
  offset: number,
  { top, bottom, left, right }: Window,
): void {
  const first = (offset + top * inWidth + left) * inChannels;
  for (let channel = 0; channel < inChannels; channel++) {
    let best = first + channel;
    let bestValue = values[best] as number;
    for (let y = top; y < bottom; y++) {
      for (let place = (offset + y * inWidth + left) * inChannels + channel, x = left; x < right; x++) {
        const value = values[place] as number;
        if (value > bestValue) {
          best = place;
          bestValue = value;
        }
        place += inChannels;
      }
    }
    places[channel] = best;
  }
}
