/** The processes that a process has started, and language servers among them. */
import { execFileSync } from 'node:child_process';

/** A server that holds more MB than this has built a program with Node's types: an idle one has about half. */
export const PROGRAM_MB = 50;

/** The command lines of the processes that a process started itself, by process id. */
export function childrenOf(parent: number): Map<number, string> {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const lines = listed.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  const own = lines.filter(([, , above]) => Number(above) === parent);
  return new Map(own.map(([, pid, , words = '']) => [Number(pid), words]));
}

/** Process ids of the language servers among them. */
export function serversOf(parent: number): number[] {
  return [...childrenOf(parent)].filter(([, words]) => words.includes('--lsp')).map(([pid]) => pid);
}
