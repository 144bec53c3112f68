/**
 * Everything that the wasm engine of TensorFlow.js 4.22 lacks, gets wrong or is
 * slow at, put right. The conformance suite holds each of them.
 */
import { avgPoolGrad } from '../kernels/avgPoolGrad';
import { depthwiseConv2dFilterGrad, depthwiseConv2dInputGrad } from '../kernels/depthwiseConv2dGrad';
import { installKernel } from '../kernels/install';
import { maxPoolGrad } from '../kernels/maxPoolGrad';
import { oneHot } from '../kernels/oneHot';
import { type ScriptKernel, scriptKernel } from '../kernels/script';
import { slice } from '../kernels/slice';
import { unsortedSegmentSum } from '../kernels/unsortedSegmentSum';
import * as tf from '../tf';
import { installBatchMatMul } from './batchMatMul';
import { borrowed, borrowedKernels } from './borrow';
import { conv2dFilterGrad } from './conv2dFilterGrad';
import { installConv2dInputGrad } from './conv2dInputGrad';

let installed = false;

/** Registers them all, once, after the engine has been set up. */
export function installWasmKernels(): void {
  if (installed) return;
  installed = true;
  const script = <T>(kernel: ScriptKernel<T>): void => installKernel(scriptKernel(kernel, 'wasm'));
  script(avgPoolGrad);
  script(depthwiseConv2dFilterGrad);
  script(depthwiseConv2dInputGrad);
  script(maxPoolGrad);
  script(oneHot);
  script(unsortedSegmentSum);
  installKernel(conv2dFilterGrad);
  installConv2dInputGrad();
  installBatchMatMul();
  installWhere('Slice', ({ dtype }) => dtype !== 'string', scriptKernel(slice, 'wasm'));
  // Its own says that every slice is float32.
  installWhere('StridedSlice', ({ dtype }) => dtype !== 'float32', borrowedFromCpu('StridedSlice'));
  // Their own leave the output as they found it where there is nothing to reduce.
  for (const reduction of ['All', 'Any', 'Max', 'Mean', 'Min', 'Prod', 'Sum']) {
    installWhere(reduction, ({ shape }) => shape.includes(0), borrowedFromCpu(reduction));
  }
  for (const kernel of borrowedKernels()) installKernel(kernel);
}

function borrowedFromCpu(kernelName: string): tf.KernelConfig {
  return borrowed(tf.getKernel(kernelName, 'cpu'));
}

/** Uses another kernel for some inputs, and the engine's own for the rest. */
function installWhere(
  kernelName: string,
  applies: (x: tf.TensorInfo) => boolean,
  other: tf.KernelConfig,
): void {
  const own = tf.getKernel(kernelName, 'wasm');
  installKernel({
    ...own,
    kernelFunc: (call) => {
      const kernel = applies(call.inputs['x'] as tf.TensorInfo) ? other : own;
      return kernel.kernelFunc(call);
    },
  });
}
