/**
 * One-hot encoding in any number type. The wasm engine's own writes whole numbers
 * into a float tensor, where they read as zeros.
 */
import type { DataType } from '../tf';
import type { Input, ScriptKernel } from './script';

interface Attributes {
  readonly dtype: DataType;
  readonly depth: number;
  readonly onValue: number;
  readonly offValue: number;
}

export const oneHot: ScriptKernel<Attributes> = {
  kernelName: 'OneHot',
  inputs: ['indices'],
  output: ([indices], { depth, dtype }) => ({ shape: [...(indices as Input).shape, depth], dtype }),
  compute(out, [indices], { depth, onValue, offValue }) {
    out.fill(offValue);
    const { values } = indices as Input;
    for (let i = 0; i < values.length; i++) {
      const index = values[i] as number;
      if (index >= 0 && index < depth) out[i * depth + index] = onValue;
    }
  },
};
