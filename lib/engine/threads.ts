/**
 * How many threads an engine computes with: `$INKWELL_THREADS`, else as many as
 * the machine lends this process.
 */
import { availableParallelism } from 'node:os';
import { InkwellError } from '../core/errors';

/**
 * The number of threads to compute with, at least 1.
 *
 * @throws InkwellError `ENGINE_THREADS` where `$INKWELL_THREADS` is not a whole number above 0.
 */
export function threadCount(): number {
  const asked = process.env['INKWELL_THREADS'];
  if (!asked) return availableParallelism();
  const count = Number(asked);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InkwellError('ENGINE_THREADS', `INKWELL_THREADS must be a whole number above 0, got "${asked}".`);
}
