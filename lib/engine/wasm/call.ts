/**
 * Calling the wasm engine's kernels from a kernel: below the engine, so nothing is
 * recorded for gradients and nothing is tidied; what is made must be freed.
 */
import * as tf from '../tf';

/** What the kernels of a convolution's gradients are told besides their tensors. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Collects what a kernel makes on the way, to free all of it but the result. */
export class Workbench {
  readonly #backend: tf.KernelBackend;
  readonly #made: tf.TensorInfo[] = [];

  constructor(backend: unknown) {
    this.#backend = backend as tf.KernelBackend;
  }

  /** Calls a kernel with one output. */
  call(kernelName: string, inputs: tf.NamedTensorInfoMap, attributes: object = {}): tf.TensorInfo {
    const kernel = tf.getKernel(kernelName, 'wasm');
    const attrs = attributes as tf.NamedAttrMap;
    const made = kernel.kernelFunc({ inputs, attrs, backend: this.#backend }) as tf.TensorInfo;
    this.#made.push(made);
    return made;
  }

  transpose(x: tf.TensorInfo, perm: number[]): tf.TensorInfo {
    return this.call('Transpose', { x }, { perm });
  }

  reshape(x: tf.TensorInfo, shape: number[]): tf.TensorInfo {
    return this.call('Reshape', { x }, { shape });
  }

  /** Frees everything that was made but the result, and returns the result. */
  finish(result: tf.TensorInfo): tf.TensorInfo {
    const last = this.#made.lastIndexOf(result);
    this.#made.forEach((made, i) => {
      if (i !== last) this.#backend.disposeData(made.dataId);
    });
    return result;
  }
}
