/** All contenders at work: a process for each and each number of threads, kept for the whole bench. */
import { messageOf } from '../../core/errors';
import { Contender } from './contender';
import { type ContenderName, commandOf, threadsOf } from './contenders';
import { median } from './statistics';
import type { Workload } from './workloads';

/** A contender that has started, with the processes that try its numbers of threads. */
export interface Stabled {
  readonly name: ContenderName;
  readonly version: string;
  readonly processes: readonly { readonly threads: number; readonly contender: Contender }[];
}

/** One that has no numbers, and why. */
export interface Absent {
  readonly name: ContenderName;
  readonly failed: string;
}

/** Starts a contender with each number of threads. */
export async function startContender(name: ContenderName, folder: string): Promise<Stabled | Absent> {
  const processes: { threads: number; contender: Contender }[] = [];
  let version = '';
  try {
    for (const threads of threadsOf(name)) {
      const started = await Contender.start(await commandOf(name, threads, folder));
      processes.push({ threads, contender: started.contender });
      version = started.facts.version;
    }
  } catch (error) {
    for (const { contender } of processes) contender.stop();
    return { name, failed: messageOf(error) };
  }
  return { name, version, processes };
}

/** Of a contender, the process with the best number of threads for a workload. */
export interface Chosen {
  readonly name: ContenderName;
  readonly threads: number;
  readonly contender: Contender;
}

/** How long a process warms up, and how long each try takes, ms. */
const WARM_UP_MS = 400;
const TRY_MS = 250;
const TRIES = 3;

/** Makes a workload ready, warms up, and tries the numbers of threads in turn. */
export async function choose({ name, processes }: Stabled, workload: Workload): Promise<Chosen | Absent> {
  try {
    for (const { contender } of processes) {
      await contender.prepare(workload);
      await contender.run(WARM_UP_MS);
    }
    const times = processes.map((): number[] => []);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      for (const [i, { contender }] of processes.entries()) {
        times[i]?.push(median((await contender.run(TRY_MS)).stepMs));
      }
    }
    const medians = times.map(median);
    const best = medians.indexOf(Math.min(...medians));
    return { name, ...(processes[best] as Stabled['processes'][number]) };
  } catch (error) {
    return { name, failed: messageOf(error) };
  }
}
