/**
 * Loading an addon into this process and registering it as the back end
 * `tensorflow`. This is what the entry file of tfjs-node does, without its
 * search for the stock addon; nothing in node_modules is written to.
 */
import { createRequire } from 'node:module';
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import { InkwellError } from '../../core/errors';
import * as tf from '../tf';
import { threadCount } from '../threads';
import type { AddedBinding } from './binding';
import { markUsed } from './cache';
import { requireQuietly } from './mute';

/** The addon itself: TensorFlow's eager operations, and graph functions where we have built it. */
export type NativeBinding = TFJSBinding & Partial<AddedBinding>;

const requireHere = createRequire(__filename);
let loaded:
  | { readonly addon: string; readonly binding: NativeBinding; readonly device: 'gpu' | 'cpu' }
  | undefined;

/** The addon that this process has loaded, if any. */
export function nativeBinding(): NativeBinding | undefined {
  return loaded?.binding;
}

/** Whether the active engine has the operations of our own (`addon/`): natively, on the CPU. */
export function hasOwnOperations(): boolean {
  return nativeDevice() === 'cpu' && loaded?.binding.hasOperations === true;
}

/** What the native engine computes on, where it is the active one. */
export function nativeDevice(): 'gpu' | 'cpu' | undefined {
  return tf.getBackend() === 'tensorflow' ? loaded?.device : undefined;
}

/**
 * Loads an addon that `verifyAddon` has found to work.
 *
 * @throws InkwellError `ENGINE_LOADED` where another addon is in the process
 *   already: two TensorFlows in one process would share symbols and crash.
 */
export function loadNative(addon: string, device: 'gpu' | 'cpu'): NativeBinding {
  if (loaded !== undefined) {
    if (loaded.addon === addon) return loaded.binding;
    throw new InkwellError(
      'ENGINE_LOADED',
      `This process has loaded ${loaded.addon}, so it cannot load ${addon}.`,
      {
        hint: 'Start a new process (restart the kernel) to change from one native engine to the other.',
      },
    );
  }
  setEnvironment(device);
  markUsed(addon);
  const binding = requireQuietly(addon) as NativeBinding;
  binding.setThreads?.(threadCount());
  requireHere('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');
  tf.registerBackend('tensorflow', () => newBackend(binding, device), 3);
  loaded = { addon, binding, device };
  return binding;
}

/** TensorFlow reads these once, when it is loaded. What the user has set stays. */
function setEnvironment(device: 'gpu' | 'cpu'): void {
  const threads = String(threadCount());
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'; // errors only: it greets with a page of notes
  process.env['TF_NUM_INTRAOP_THREADS'] ??= threads;
  process.env['TF_NUM_INTEROP_THREADS'] ??= threads;
  if (device === 'cpu') {
    process.env['CUDA_VISIBLE_DEVICES'] = '-1';
    return;
  }
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'; // not the whole card at once
  process.env['NVIDIA_TF32_OVERRIDE'] ??= '0'; // ten bits of mantissa would fail the checks of gradients
}

function newBackend(binding: NativeBinding, device: 'gpu' | 'cpu'): tf.KernelBackend {
  const { NodeJSKernelBackend } = requireHere(
    '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend',
  ) as typeof import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
  const packageName = device === 'gpu' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  return new NodeJSKernelBackend(binding, packageName);
}
