/**
 * Gradient of average-pooling: each output's gradient, shared equally among the
 * elements of its window.
 *
 * TensorFlow.js's `cpu` and `wasm` engines divide by the full size of the window
 * also where padding has cut it, although the forward pass does not.
 */
import { type PoolAttributes, poolInfo, windowOf } from './maxPoolGrad';
import type { Input, ScriptKernel } from './script';

export const avgPoolGrad: ScriptKernel<PoolAttributes> = {
  kernelName: 'AvgPoolGrad',
  inputs: ['dy', 'input'],
  output: ([, input]) => ({ shape: (input as Input).shape, dtype: 'float32' }),
  compute(dx, [dy, input], attributes) {
    const info = poolInfo((input as Input).shape, attributes);
    const { inWidth, inChannels } = info;
    const gradient = (dy as Input).values;
    for (let batch = 0, output = 0; batch < info.batchSize; batch++) {
      const offset = batch * info.inHeight * inWidth;
      for (let row = 0; row < info.outHeight; row++) {
        for (let column = 0; column < info.outWidth; column++, output += inChannels) {
          const { top, bottom, left, right } = windowOf(info, row, column);
          const share = 1 / ((bottom - top) * (right - left));
          for (let y = top; y < bottom; y++) {
            for (let place = (offset + y * inWidth + left) * inChannels, x = left; x < right; x++) {
              for (let channel = 0; channel < inChannels; channel++, place++) {
                dx[place] = (dx[place] as number) + (gradient[output + channel] as number) * share;
              }
            }
          }
        }
      }
    }
  },
};
