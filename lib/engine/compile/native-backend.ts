/**
 * The insides of tfjs-node's back end that compile() and operations of our own work with. They are not in
 * its typings, and have been the same since version 1.
 */
import type { AddedBinding } from '../native/binding';
import { type NativeBinding, nativeBinding } from '../native/load';
import * as tf from '../tf';

/** What the addon tells about a tensor that an operation has made. */
export interface OutputInfo {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** One attribute of an operation, as `executeOp` takes it. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The addon's functions that compile() uses. */
export interface GraphBinding extends AddedBinding {
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: number[], dtype: number, values: tf.TypedArray | Uint8Array[]): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): tf.TypedArray;
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): OutputInfo[];
}

/** Where the back end keeps a tensor: in JavaScript (`values`) until first used, then in TensorFlow (`id`). */
export interface TensorEntry {
  readonly shape: number[];
  readonly dtype: number;
  readonly id: number;
  readonly values: tf.BackendValues | null;
  refCount: number;
}

/** tfjs-node's back end. */
export interface NativeBackend {
  binding: NativeBinding;
  readonly tensorMap: {
    get(dataId: tf.DataId): TensorEntry;
    set(dataId: tf.DataId, entry: TensorEntry): void;
  };
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  createOutputTensor(info: OutputInfo): tf.Tensor;
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.Tensor[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId;
  readSync(dataId: tf.DataId): tf.BackendValues;
}

/** TensorFlow's numbers of data types. */
export const dataTypes = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

/** The native back end and its addon. */
export interface GraphEngine {
  readonly backend: NativeBackend;
  readonly binding: GraphBinding;
}

/** The native back end and the addon, where graphs can run: it is active, and the addon is one that we built. */
export function graphEngine(): GraphEngine | undefined {
  const backend = nativeBackend();
  const binding = nativeBinding();
  if (backend === undefined || binding?.defineFunction === undefined) return undefined;
  return { backend, binding: binding as unknown as GraphBinding };
}

/** The native back end, whichever addon it has, where it is the active one. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : undefined;
}
