/**
 * The gradient of a convolution's filter, which the wasm engine lacks, as a
 * convolution: of the images with the output's gradient as the filter.
 *
 * ∂L/∂w[u, v, c, k] = Σ x[b, i·s + u, j·s + v, c] · ∂L/∂y[b, i, j, k] sums over the batch
 * and the outputs. Seen from u and v that is a convolution in which channels and
 * batch have changed places, and the stride s has become the dilation.
 */
import * as tf from '../tf';
import { type ConvolutionAttributes, Workbench } from './call';

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: [number, number, number, number];
}

type Shape = [number, number, number, number];

export const conv2dFilterGrad: tf.KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs as unknown as Attributes;
    const layout = tf.backend_util.convertConv2DDataFormat(dataFormat);
    const { padInfo, filterHeight, filterWidth, ...info } = tf.backend_util.computeConv2DInfo(
      x.shape as Shape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      layout,
    );
    // What the outputs cover of the image, which may end before it or, with padding, after it.
    const bottom = (info.outHeight - 1) * info.strideHeight + filterHeight - info.inHeight - padInfo.top;
    const right = (info.outWidth - 1) * info.strideWidth + filterWidth - info.inWidth - padInfo.left;
    const bench = new Workbench(backend);
    const channelsFirst = bench.transpose(cropped(bench, x, bottom, right), [3, 1, 2, 0]);
    const gradientAsFilter = bench.transpose(dy, [1, 2, 0, 3]);
    const swapped = bench.call(
      'Conv2D',
      { x: channelsFirst, filter: gradientAsFilter },
      {
        strides: 1,
        dilations: [info.strideHeight, info.strideWidth],
        pad: [
          [0, 0],
          [padInfo.top, Math.max(0, bottom)],
          [padInfo.left, Math.max(0, right)],
          [0, 0],
        ],
        dataFormat: 'NHWC',
      },
    );
    return bench.finish(bench.transpose(swapped, [1, 2, 0, 3]));
  },
};

/** The images without the rows and columns that no output has seen. */
function cropped(bench: Workbench, x: tf.TensorInfo, bottom: number, right: number): tf.TensorInfo {
  if (bottom >= 0 && right >= 0) return x;
  const [batch, height, width, channels] = x.shape as Shape;
  const size = [batch, height + Math.min(0, bottom), width + Math.min(0, right), channels];
  return bench.call('Slice', { x }, { begin: [0, 0, 0, 0], size });
}
