/**
 * What a termination must not cut in half: a frame on its way to the front, or
 * the report that a run is done. V8's terminations unwind without a `finally`
 * and without a trace, so they are not asked for while such a thing is done.
 */

let depth = 0;
let terminating = false;

/** Does something that is not terminated. */
export function uninterrupted<T>(action: () => T): T {
  // A termination that is on its way takes effect at the next call or turn of a loop: here, not within.
  while (terminating);
  depth++;
  try {
    return action();
  } finally {
    depth--;
  }
}

/** Whether the code that now runs must not be terminated. */
export function mustNotEnd(): boolean {
  return depth > 0;
}

/** To be said around a termination: from the request for it until V8 reports that it is over. */
export function setTerminating(value: boolean): void {
  terminating = value;
}
