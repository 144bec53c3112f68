/** Putting kernels in the place of those that an engine came with, or lacks. */
import * as tf from '../tf';
import { avgPoolGrad } from './avgPoolGrad';
import { resizeBilinearGrad } from './resizeBilinearGrad';
import { scriptKernel } from './script';

/** Registers a kernel; one that is there already is replaced. */
export function installKernel(config: tf.KernelConfig): void {
  const { kernelName, backendName } = config;
  if (tf.getKernel(kernelName, backendName) !== undefined) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel(config);
}

/** Mends the kernels that the `cpu` engine gets wrong. */
export function installCpuKernels(): void {
  installKernel(scriptKernel(avgPoolGrad, 'cpu'));
  installKernel(scriptKernel(resizeBilinearGrad, 'cpu'));
}
