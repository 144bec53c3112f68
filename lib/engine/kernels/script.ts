/**
 * Kernels written as loops over typed arrays, for the two engines whose tensors
 * JavaScript can reach: `cpu` keeps them in its own arrays, `wasm` in the
 * module's heap. One loop serves both.
 */
import * as tf from '../tf';

export type Values = Float32Array | Int32Array | Uint8Array;
export type ScriptEngine = 'cpu' | 'wasm';

/** What a kernel makes: its shape and type. */
export interface Made {
  readonly shape: number[];
  readonly dtype: tf.DataType;
}

/** An input as a kernel sees it. */
export interface Input extends Made {
  readonly values: Values;
}

export interface ScriptKernel<Attributes> {
  readonly kernelName: string;
  /** The names of the inputs, in the order in which `compute` gets them. */
  readonly inputs: readonly string[];
  /** Shape and type of the output, from those of the inputs. */
  readonly output: (inputs: readonly Made[], attributes: Attributes) => Made;
  /** Fills `out`, which holds zeros, from the inputs. */
  readonly compute: (out: Values, inputs: readonly Input[], attributes: Attributes) => void;
}

/** The part of the two back ends that is used here. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Values;
}

interface CpuBackend {
  readonly data: { get(dataId: tf.DataId): { values: Values } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Values): tf.TensorInfo;
}

/** A configuration to register the kernel with, for one of the two engines. */
export function scriptKernel<Attributes>(
  kernel: ScriptKernel<Attributes>,
  engine: ScriptEngine,
): tf.KernelConfig {
  const { kernelName } = kernel;
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs, backend }) => {
    const infos = kernel.inputs.map((name) => inputs[name] as tf.TensorInfo);
    const attributes = attrs as unknown as Attributes;
    const made = kernel.output(infos, attributes);
    const access = engine === 'wasm' ? onHeap(backend as WasmBackend) : onArrays(backend as CpuBackend);
    const { info, values } = access.allocate(made);
    // After the allocation: it may have moved the heap.
    kernel.compute(
      values(),
      infos.map((input) => ({ ...pick(input), values: access.read(input) })),
      attributes,
    );
    return info;
  };
  return { kernelName, backendName: engine, kernelFunc };
}

function pick({ shape, dtype }: tf.TensorInfo): Made {
  return { shape, dtype };
}

interface Access {
  allocate(made: Made): { info: tf.TensorInfo; values: () => Values };
  read(info: tf.TensorInfo): Values;
}

function onHeap(backend: WasmBackend): Access {
  return {
    allocate({ shape, dtype }) {
      const info = backend.makeOutput(shape, dtype);
      return { info, values: () => backend.typedArrayFromHeap(info).fill(0) };
    },
    read: (info) => backend.typedArrayFromHeap(info),
  };
}

function onArrays(backend: CpuBackend): Access {
  return {
    allocate({ shape, dtype }) {
      const zeros = tf.util.makeZerosTypedArray(tf.util.sizeFromShape(shape), dtype as 'float32');
      return { info: backend.makeTensorInfo(shape, dtype, zeros), values: () => zeros };
    },
    read: (info) => backend.data.get(info.dataId).values,
  };
}
