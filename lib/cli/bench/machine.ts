/** The machine that a measurement was made on, as every bench notes it. */
import { cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Processes that wanted a core, mean of the last minute: what else was going on. */
  readonly load: number;
}

/** This machine, now. */
export function thisMachine(): Machine {
  const [cpu] = cpus();
  return {
    platform: `${process.platform}-${process.arch}`,
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
  };
}

/** A machine in one line, for below a table. */
export function machineText({ platform, cpu, cores, memoryGb, load }: Machine): string {
  return `${platform}, ${cpu}, ${cores} cores, ${memoryGb} GB, load ${load.toFixed(2)}`;
}
