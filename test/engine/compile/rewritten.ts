/** What becomes of a function's recording when it is rewritten. */
import { findLive } from 'inkwell/engine/compile/live';
import { graphEngine } from 'inkwell/engine/compile/native-backend';
import { record } from 'inkwell/engine/compile/recorder';
import type { Recording } from 'inkwell/engine/compile/recording';
import { simplify } from 'inkwell/engine/compile/simplify';
import { findUpdates } from 'inkwell/engine/compile/updates';
import type * as tf from 'inkwell/engine/tf';

/** What is recorded of a function, simplified. */
function rewritten(fn: () => tf.Tensor[]): Recording {
  const engine = graphEngine();
  if (engine === undefined) throw new Error('there is no engine for graphs');
  return simplify(record(engine, [], fn, { tolerant: false }).recording);
}

/** The operations that the results and updates need, in order. */
export function operations(fn: () => tf.Tensor[]): string[] {
  const recording = rewritten(fn);
  const updates = findUpdates(recording);
  const ends = [...updates.flatMap(({ inputs }) => inputs), ...recording.results.map(({ source }) => source)];
  const { operations: live } = findLive(recording, ends);
  const names = recording.operations.flatMap(({ name }, i) => (live.has(i) ? name : []));
  return [...names, ...updates.map(({ op }) => op)];
}
