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
  for (const kernelName of emptyHanded) installWhere(kernelName, isEmpty, borrowedFromCpu(kernelName));
  for (const kernel of borrowedKernels()) installKernel(kernel);
}

/** Kernels whose own version leaves its output as it found it, where an input has no elements. */
const emptyHanded: readonly string[] = [
  ...['All', 'Any', 'Max', 'Mean', 'Min', 'Prod', 'Sum'],
  ...['BatchMatMul', 'Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput', 'DepthwiseConv2dNative'],
  ...['AvgPool', 'FusedConv2D', 'MaxPool', '_FusedMatMul'],
];

function isEmpty({ shape }: tf.TensorInfo): boolean {
  return shape.includes(0);
}

function borrowedFromCpu(kernelName: string): tf.KernelConfig {
  return borrowed(tf.getKernel(kernelName, 'cpu'));
}

/** Uses another kernel where one of the inputs asks for it, and the engine's own elsewhere. */
function installWhere(
  kernelName: string,
  applies: (x: tf.TensorInfo) => boolean,
  other: tf.KernelConfig,
): void {
  const own = tf.getKernel(kernelName, 'wasm');
  installKernel({
    ...own,
    kernelFunc: (call) => {
      const inputs = Object.values(call.inputs).filter((input) => input !== undefined);
      return (inputs.some(applies) ? other : own).kernelFunc(call);
    },
  });
}
