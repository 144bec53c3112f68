/** Saving and loading models under `file://`, on every engine. */
import { createRequire } from 'node:module';
import * as tf from './tf';

let registered = false;

/** Registers tfjs-node's handlers for `file://`; they are plain JavaScript and need no addon. */
export function registerFileHandlers(): void {
  if (registered) return;
  registered = true;
  const { nodeFileSystemRouter } = createRequire(__filename)(
    '@tensorflow/tfjs-node-gpu/dist/io/file_system',
  ) as typeof import('@tensorflow/tfjs-node-gpu/dist/io/file_system');
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}
