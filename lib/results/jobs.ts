/** The runs of the table as independent jobs, for a CI matrix or a cluster's job array. */
import type { Result } from './result';
import { ROWS, type Row, seedsOf } from './rows';

/** One run. */
export interface Job {
  /** Its number in the list, from 0. */
  readonly index: number;
  readonly row: string;
  readonly seed: number;
  /** On one core. */
  readonly expectedMinutes: number;
  /** Numbers of the jobs whose nets it needs; votes come after those who vote. */
  readonly after: readonly number[];
  readonly isStored: boolean;
  readonly command: string;
}

/** All jobs, those of nets before those of their votes. */
export function listJobs(results: readonly Result[], rows: readonly Row[] = ROWS): Job[] {
  const jobs: Job[] = [];
  for (const row of [...rows].sort((a, b) => Number(a.kind === 'vote') - Number(b.kind === 'vote'))) {
    for (const seed of seedsOf(row)) jobs.push(jobOf(row, seed, jobs, results));
  }
  return jobs;
}

function jobOf(row: Row, seed: number, earlier: readonly Job[], results: readonly Result[]): Job {
  const isNeeded = (job: Job): boolean =>
    row.kind === 'vote' && job.row === row.of && job.seed >= seed && job.seed < seed + row.size;
  return {
    index: earlier.length,
    row: row.name,
    seed,
    expectedMinutes: row.expectedMinutes,
    after: earlier.filter(isNeeded).map(({ index }) => index),
    isStored: results.some((result) => result.row === row.name && firstSeed(result) === seed),
    command: `npx inkwell results --row ${row.name} --seed ${seed} --runs 1 --resume`,
  };
}

const firstSeed = (result: Result): number =>
  result.kind === 'run' ? result.seed : (result.seeds[0] as number);
