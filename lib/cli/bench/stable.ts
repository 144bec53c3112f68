/** All contenders at work: a process for each and each number of threads, kept for the whole bench. */
import { messageOf } from '../../core/errors';
import { Contender } from './contender';
import { type ContenderName, commandOf, threadsOf } from './contenders';
import type { Workload } from './workloads';

/** One that has no numbers, and why. */
export interface Absent {
  readonly name: ContenderName;
  readonly failed: string;
}

/** A contender that has started, with a process for each number of threads. */
export interface Stabled {
  readonly name: ContenderName;
  readonly version: string;
  readonly processes: readonly { readonly threads: number; readonly contender: Contender }[];
}

/** How long a process warms up, ms. */
const WARM_UP_MS = 400;

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

/** A process on a workload: what it took so far, or why it took no further part. */
export interface Entry {
  readonly name: ContenderName;
  readonly threads: number;
  readonly contender: Contender;
  /** The median time of a step, round by round, ms. */
  readonly rounds: number[];
  /** The shortest step of all, ms. */
  leastMs: number;
  loss: number;
  failed?: string;
}

/** Makes a workload ready in all processes of a contender, and warms them up. */
export async function enter({ name, processes }: Stabled, workload: Workload): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const { threads, contender } of processes) {
    const entry: Entry = {
      name,
      threads,
      contender,
      rounds: [],
      leastMs: Number.POSITIVE_INFINITY,
      loss: Number.NaN,
    };
    entries.push(entry);
    try {
      await contender.prepare(workload);
      await contender.run(WARM_UP_MS);
    } catch (error) {
      entry.failed = messageOf(error);
    }
  }
  return entries;
}
