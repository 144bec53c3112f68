/**
 * What a process takes that runs for one test alone: its memory and its processor's time. Of the
 * process that the tests share, nothing can be judged by either: there these throw.
 */
import { readFileSync } from 'node:fs';

/** The most memory that a process has ever held, in MB (2²⁰ bytes). */
export function peakMb(pid: number = process.pid): number {
  if (isOwn(pid)) return process.resourceUsage().maxRSS / 1024;
  return fromStatus(pid, 'VmHWM');
}

/** The memory that a process holds, in MB (2²⁰ bytes). */
export function residentMb(pid: number = process.pid): number {
  if (isOwn(pid)) return process.memoryUsage.rss() / 2 ** 20;
  return fromStatus(pid, 'VmRSS');
}

/** What the buffers of this process's typed arrays take, in MB (2²⁰ bytes), those that nobody uses any more included. */
export function buffersMb(): number {
  isOwn(process.pid);
  return process.memoryUsage().arrayBuffers / 2 ** 20;
}

function fromStatus(pid: number, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(proc(pid, 'status'));
  if (found === null) throw new Error(`expected ${field} of process ${pid}, found none`);
  return Number(found[1]) / 1024;
}

/** The time that a process, with all its threads, has used processors, in ms, to the hundredth of a second. */
export function processorMs(pid: number): number {
  if (isOwn(pid)) throw new RangeError('processorMs: expected another process, got this one');
  // The fields after the name, which is in parentheses: user time is the 14th of all, system time the 15th.
  const fields = proc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function proc(pid: number, file: string): string {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}

/** Whether that is this process. @throws Error where it runs tests: others have left their marks on it. */
function isOwn(pid: number): boolean {
  if (pid !== process.pid) return false;
  if ('expect' in globalThis)
    throw new Error('measure in a process of its own (evaluateInNode), not in one that runs tests');
  return true;
}
