/**
 * Gradient of bilinear resizing: each output's gradient goes back to the four
 * pixels it was mixed from, with the same weights. TensorFlow.js's `cpu` engine
 * swaps height and width.
 */
import type { Input, ScriptKernel } from './script';

interface Attributes {
  readonly alignCorners: boolean;
}

type Size = [batch: number, height: number, width: number, channels: number];

export const resizeBilinearGrad: ScriptKernel<Attributes> = {
  kernelName: 'ResizeBilinearGrad',
  inputs: ['dy', 'images'],
  output: ([, images]) => ({ shape: (images as Input).shape, dtype: 'float32' }),
  compute(dx, [dy, images], { alignCorners }) {
    const [batchSize, height, width, channels] = (images as Input).shape as Size;
    const [, outHeight, outWidth] = (dy as Input).shape as Size;
    const rows = mixing(height, outHeight, alignCorners);
    const columns = mixing(width, outWidth, alignCorners);
    const gradient = (dy as Input).values;
    let output = 0;
    for (let batch = 0; batch < batchSize; batch++) {
      for (const row of rows) {
        for (const column of columns) {
          for (let channel = 0; channel < channels; channel++, output++) {
            for (const [y, rowWeight] of row) {
              for (const [x, columnWeight] of column) {
                const place = ((batch * height + y) * width + x) * channels + channel;
                dx[place] = (dx[place] as number) + (gradient[output] as number) * rowWeight * columnWeight;
              }
            }
          }
        }
      }
    }
  },
};

type Share = readonly [place: number, weight: number];

/** For each output coordinate the two input coordinates it lies between, with their weights. */
function mixing(length: number, outLength: number, alignCorners: boolean): (readonly [Share, Share])[] {
  const scale = alignCorners && outLength > 1 ? (length - 1) / (outLength - 1) : length / outLength;
  return Array.from({ length: outLength }, (_, i) => {
    const low = Math.min(Math.floor(i * scale), length - 1);
    const high = Math.min(low + 1, length - 1);
    const part = i * scale - low;
    return [
      [low, 1 - part],
      [high, part],
    ] as const;
  });
}
