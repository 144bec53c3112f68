/** Where in the reader's code something happened, for messages. */
import path from 'node:path';

/** `lib/dist/engine`, and `lib/engine`, which stack frames name where a kernel maps them to their sources. */
const compiledFolder = path.dirname(__dirname);
const ownFolders = [compiledFolder, path.resolve(compiledFolder, '../../engine')].map(
  (folder) => folder + path.sep,
);

/** How many frames to record: tfjs alone is about twenty deep in a gradient. */
const depth = 60;

/** The frames of the stack right now, without those of this folder, outermost last. */
export function stackFrames(): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  return stack
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(/^at /, ''))
    .filter((frame) => !ownFolders.some((folder) => frame.includes(folder)));
}

/** The first frame outside TensorFlow.js: the reader's own line. */
export function readersFrame(frames: readonly string[]): string {
  const frame = frames.find(
    (candidate) => /:\d+:\d+\)?$/.test(candidate) && !/[\\/]@tensorflow[\\/]|\bnode:/.test(candidate),
  );
  return frame ?? 'an unknown place';
}

/** The tfjs operation that the reader called, e.g. `tf.dropout`, where the frames tell. */
export function readersOp(frames: readonly string[]): string | undefined {
  // Operations of tfjs are functions whose names end in an underscore; the outermost is the one called.
  const names = frames
    .filter((frame) => /[\\/]@tensorflow[\\/]/.test(frame))
    .map((frame) => /^(?:Object\.)?([a-z]\w*?)_(?:\$\d+)? /.exec(frame)?.[1])
    .filter((name) => name !== undefined);
  const last = names.at(-1);
  return last === undefined ? undefined : `tf.${last}`;
}
