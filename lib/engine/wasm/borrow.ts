/**
 * Kernels that the wasm engine lacks, borrowed from the `cpu` engine: the inputs
 * are copied over, and the outputs back.
 */
import * as tf from '../tf';

type Values = Float32Array | Int32Array | Uint8Array;

interface WasmBackend {
  readSync(dataId: tf.DataId): Values;
  write(values: Values, shape: number[], dtype: tf.DataType): tf.DataId;
}

interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Values): tf.TensorInfo;
}

/** Kernels over complex numbers: the wasm engine has no such tensors. */
const complex = new Set(['Complex', 'ComplexAbs', 'FFT', 'IFFT', 'Imag', 'Real']);

/** The kernels that `cpu` has and `wasm` lacks, ready to be registered for `wasm`. */
export function borrowedKernels(): tf.KernelConfig[] {
  return tf
    .getKernelsForBackend('cpu')
    .filter(({ kernelName }) => tf.getKernel(kernelName, 'wasm') === undefined && !complex.has(kernelName))
    .map(borrowed);
}

/** One `cpu` kernel, for `wasm`. */
export function borrowed({ kernelName, kernelFunc }: tf.KernelConfig): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const cpu = tf.engine().findBackend('cpu') as CpuBackend;
      const wasm = backend as WasmBackend;
      const lent = Object.entries(inputs).flatMap(([name, input]) =>
        input === undefined ? [] : [[name, lend(cpu, wasm, input)] as const],
      );
      // Some operations, such as einsum, take a list of tensors rather than named ones.
      const inputsThere = Array.isArray(inputs) ? lent.map(([, input]) => input) : Object.fromEntries(lent);
      const given = inputsThere as tf.NamedTensorInfoMap;
      const made = [kernelFunc({ inputs: given, attrs, backend: cpu })].flat();
      const outputs = made.map((output) => takeBack(cpu, wasm, output));
      for (const [, input] of lent) cpu.disposeData(input.dataId);
      return outputs.length === 1 ? (outputs[0] as tf.TensorInfo) : outputs;
    },
  };
}

function lend(cpu: CpuBackend, wasm: WasmBackend, { dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  return cpu.makeTensorInfo(shape, dtype, wasm.readSync(dataId));
}

function takeBack(
  cpu: CpuBackend,
  wasm: WasmBackend,
  { dataId, shape, dtype }: tf.TensorInfo,
): tf.TensorInfo {
  const values = cpu.readSync(dataId) as Values;
  cpu.disposeData(dataId);
  return { dataId: wasm.write(values, shape, dtype), shape, dtype };
}
