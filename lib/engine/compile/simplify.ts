/** All that is done to a recording before it becomes a graph: the same results, from fewer and larger operations. */
import { withDescents } from './descents';
import { withoutDeadConstants } from './live';
import type { Recording } from './recording';
import { rewrite } from './rewrite';
import { fusions, rules } from './rules';

export function simplify(recording: Recording): Recording {
  return withoutDeadConstants(withDescents(rewrite(rewrite(recording, rules), fusions)));
}
