/** The folder of the per-user cache that holds the prepared engines. */
import path from 'node:path';
import { cacheRoot } from '../../core/paths';

export function engineRoot(): string {
  return path.join(cacheRoot(), 'engine');
}
