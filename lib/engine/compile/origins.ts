/** The arrays of numbers that JavaScript makes into tensors during a run, and who made each. */
import type * as tf from '../tf';
import { readersFrame, readersOp, stackFrames } from './call-site';
import type { NativeBackend } from './native-backend';

export class Origins {
  private readonly texts = new WeakMap<object, string>();

  constructor(private readonly backend: NativeBackend) {}

  /** Notes who makes a tensor of the values, and has the back end make it. */
  write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const frames = stackFrames();
    const op = readersOp(frames);
    this.texts.set(values as object, `${op === undefined ? '' : `${op} `}at ${readersFrame(frames)}`);
    const { write } = Object.getPrototypeOf(this.backend) as NativeBackend;
    return write.call(this.backend, values, shape, dtype);
  }

  /** Who made a tensor of these values during the run, for a message; undefined where that was before. */
  of(values: object): string | undefined {
    return this.texts.get(values);
  }

  /**
   * Whether values may be read: those that JavaScript itself made, and those that
   * tfjs-node's own kernels ask for (the one for tf.gather checks its indices in
   * JavaScript; in the graph TensorFlow checks them).
   */
  mayBeRead(dataId: tf.DataId): boolean {
    const { values } = this.backend.tensorMap.get(dataId);
    return (values !== null && this.texts.has(values as object)) || calledByKernel();
  }

  read(dataId: tf.DataId): tf.BackendValues {
    const { readSync } = Object.getPrototypeOf(this.backend) as NativeBackend;
    return readSync.call(this.backend, dataId);
  }
}

/** A copy of the bytes of numbers; none of strings, which are refused. */
export function bytesOf(values: tf.TypedArray): Uint8Array {
  if (!ArrayBuffer.isView(values)) return new Uint8Array();
  return Uint8Array.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function calledByKernel(): boolean {
  return /[\\/]tfjs-node-gpu[\\/]dist[\\/]kernels[\\/]/.test(stackFrames()[0] ?? '');
}
