/**
 * Time, for tests. A machine that is busy with other things makes any time longer, so no test
 * judges by one time: `leastMs` measures again until it met a quiet moment.
 */

export interface Watch {
  /** Begins to count anew; a watch runs from the beginning of the work. */
  start(): void;
  /** What comes after does not count. */
  stop(): void;
}

export interface LeastOptions {
  /** How often to try for a time under the limit; default 40. */
  readonly rounds?: number;
}

/**
 * The shortest time that work took, in ms: of one round that was quick enough, or of all.
 *
 * @param limitMs what is quick enough.
 */
export async function leastMs(
  limitMs: number,
  work: (watch: Watch) => unknown,
  { rounds = 40 }: LeastOptions = {},
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least >= limitMs; round++) least = Math.min(least, await timed(work));
  return least;
}

async function timed(work: (watch: Watch) => unknown): Promise<number> {
  let [startedMs, stoppedMs] = [performance.now(), Number.NaN];
  await work({
    start: () => {
      startedMs = performance.now();
    },
    stop: () => {
      stoppedMs = performance.now();
    },
  });
  return (Number.isNaN(stoppedMs) ? performance.now() : stoppedMs) - startedMs;
}

/**
 * How many times as long as `other` work takes, when both are least disturbed; they are tried in
 * turn until that is under the limit.
 *
 * @param limit the ratio that is quick enough.
 */
export async function leastRatio(
  limit: number,
  work: () => unknown,
  other: () => unknown,
  { rounds = 60 }: LeastOptions = {},
): Promise<number> {
  const least = { work: Number.POSITIVE_INFINITY, other: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds && (round < 3 || least.work >= limit * least.other); round++) {
    least.work = Math.min(least.work, await timed(work));
    least.other = Math.min(least.other, await timed(other));
  }
  return least.work / least.other;
}

/** Keeps this thread busy so long, as a slow step does. */
export function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Code for a cell that keeps its thread busy so long, doing something again and again. */
export function spinning(ms: number, body = ''): string {
  return `{ const untilMs = performance.now() + ${ms}; while (performance.now() < untilMs) { ${body} } }`;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The time so many days before now. */
export function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}

/** How many days ago that was. */
export function daysSince(then: Date): number {
  return (Date.now() - then.getTime()) / DAY_MS;
}
