/**
 * Sums of slices by the number of the segment they belong to; the gradient of
 * every lookup (`gather`, embeddings). A slice with a negative number is left
 * out, as in TensorFlow.
 */
import type { Input, ScriptKernel } from './script';

interface Attributes {
  readonly numSegments: number;
}

export const unsortedSegmentSum: ScriptKernel<Attributes> = {
  kernelName: 'UnsortedSegmentSum',
  inputs: ['x', 'segmentIds'],
  output: ([x, segmentIds], { numSegments }) => {
    const { shape, dtype } = x as Input;
    return { shape: [numSegments, ...shape.slice((segmentIds as Input).shape.length)], dtype };
  },
  compute(out, [x, segmentIds], { numSegments }) {
    const { values: segments } = segmentIds as Input;
    const { values } = x as Input;
    const width = segments.length === 0 ? 0 : values.length / segments.length;
    for (let slice = 0; slice < segments.length; slice++) {
      const segment = segments[slice] as number;
      if (segment < 0) continue;
      if (segment >= numSegments)
        throw new RangeError(`unsortedSegmentSum: segment ${segment} of ${numSegments}`);
      const from = slice * width;
      const to = segment * width;
      for (let i = 0; i < width; i++) out[to + i] = (out[to + i] as number) + (values[from + i] as number);
    }
  },
};
