/**
 * Gradients of the depthwise convolution, in which every channel has filters of
 * its own: y[b, i, j, c·m + k] = Σ x[b, i·s + u·d, j·s + v·d, c] · w[u, v, c, k].
 */
import * as tf from '../tf';
import type { Input, ScriptKernel } from './script';

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations?: [number, number] | number | null;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly inputShape: number[];
  readonly filterShape: number[];
}

type Shape = [number, number, number, number];

export const depthwiseConv2dInputGrad: ScriptKernel<Attributes> = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  inputs: ['dy', 'filter'],
  output: (_, { inputShape }) => ({ shape: inputShape, dtype: 'float32' }),
  compute(dx, [dy, filter], attributes) {
    const gradient = (dy as Input).values;
    const weights = (filter as Input).values;
    eachProduct(attributes.inputShape, (filter as Input).shape, attributes, (x, y, w) => {
      dx[x] = (dx[x] as number) + (gradient[y] as number) * (weights[w] as number);
    });
  },
};

export const depthwiseConv2dFilterGrad: ScriptKernel<Attributes> = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  inputs: ['x', 'dy'],
  output: (_, { filterShape }) => ({ shape: filterShape, dtype: 'float32' }),
  compute(dw, [image, dy], attributes) {
    const gradient = (dy as Input).values;
    const pixels = (image as Input).values;
    eachProduct((image as Input).shape, attributes.filterShape, attributes, (x, y, w) => {
      dw[w] = (dw[w] as number) + (gradient[y] as number) * (pixels[x] as number);
    });
  },
};

/** Visits every product x · w that goes into an output y, by their indices. */
function eachProduct(
  inputShape: number[],
  filterShape: number[],
  { strides, dilations, pad, dimRoundingMode }: Attributes,
  visit: (x: number, y: number, w: number) => void,
): void {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as Shape,
    filterShape as Shape,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    true,
  );
  const { inChannels, outChannels } = info;
  const multiplier = outChannels / inChannels;
  let output = 0;
  for (let batch = 0; batch < info.batchSize; batch++) {
    for (let row = 0; row < info.outHeight; row++) {
      for (let column = 0; column < info.outWidth; column++, output += outChannels) {
        for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap++) {
          const u = Math.floor(tap / info.filterWidth);
          const i = row * info.strideHeight - info.padInfo.top + u * info.dilationHeight;
          const j =
            column * info.strideWidth - info.padInfo.left + (tap % info.filterWidth) * info.dilationWidth;
          if (i < 0 || i >= info.inHeight || j < 0 || j >= info.inWidth) continue;
          const pixel = ((batch * info.inHeight + i) * info.inWidth + j) * inChannels;
          for (let k = 0; k < outChannels; k++) {
            visit(pixel + Math.floor(k / multiplier), output + k, tap * outChannels + k);
          }
        }
      }
    }
  }
}
