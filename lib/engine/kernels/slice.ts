/**
 * A block of a tensor. The wasm engine's own first copies the whole tensor: taking
 * ten pictures out of 50,000 would copy 150 MB.
 */
import * as tf from '../tf';
import type { Input, Made, ScriptKernel } from './script';

interface Attributes {
  readonly begin: number | number[];
  readonly size: number | number[];
}

function blockOf(x: Made, { begin, size }: Attributes): { begin: number[]; size: number[] } {
  const [from, lengths] = tf.slice_util.parseSliceParams(x as tf.TensorInfo, begin, size) as [
    number[],
    number[],
  ];
  tf.slice_util.assertParamsValid(x as tf.TensorInfo, from, lengths);
  return { begin: from, size: lengths };
}

export const slice: ScriptKernel<Attributes> = {
  kernelName: 'Slice',
  inputs: ['x'],
  output: ([x], attributes) => ({ shape: blockOf(x as Made, attributes).size, dtype: (x as Made).dtype }),
  compute(out, [x], attributes) {
    const { shape, values } = x as Input;
    const { begin, size } = blockOf(x as Input, attributes);
    const strides = [...tf.util.computeStrides(shape), 1].slice(-Math.max(1, shape.length));
    // Axes that are taken whole lie together with the axis before them: one run.
    let axis = shape.length - 1;
    while (axis > 0 && size[axis] === shape[axis]) axis -= 1;
    const run = shape.length === 0 ? 1 : (size[axis] as number) * (strides[axis] as number);
    const copy = (depth: number, from: number, to: number): number => {
      const offset = from + (begin[depth] ?? 0) * (strides[depth] ?? 0);
      if (depth >= axis) {
        out.set(values.subarray(offset, offset + run), to);
        return to + run;
      }
      let next = to;
      for (let i = 0; i < (size[depth] as number); i++)
        next = copy(depth + 1, offset + i * (strides[depth] as number), next);
      return next;
    };
    copy(0, 0, 0);
  },
};
