/** Judging a cell: what the kernel says of it, against what its tags expect. */
import { stripVTControlCharacters } from 'node:util';
import type { Execution } from '../client/execution';
import type { Output } from '../notebook/format';
import type { CellError, CellReport } from './report';

/** The part of a cell's report that comes from running it. */
export type Outcome = Pick<CellReport, 'verdict' | 'durationMs' | 'error' | 'warning'>;

const LOST = 'the kernel never closed its output; some may be lost';

/**
 * The outcome of an execution: a cell tagged `raises-exception` passes by
 * raising one, every other by raising none.
 *
 * @param timeoutMs the limit that it ran under, for the message.
 */
export function judge(execution: Execution, tags: readonly string[], timeoutMs: number): Outcome {
  const { status, durationMs, complete } = execution;
  const error = errorOf(execution, tags.includes('raises-exception'), timeoutMs);
  const warning = complete || status === 'timeout' ? {} : { warning: LOST };
  return error === undefined
    ? { verdict: 'passed', durationMs, ...warning }
    : { verdict: 'failed', durationMs, error, ...warning };
}

function errorOf({ status, error }: Execution, raises: boolean, timeoutMs: number): CellError | undefined {
  switch (status) {
    case 'timeout':
      return { name: 'Timeout', message: `the cell took longer than ${timeoutMs / 1000} s` };
    case 'aborted':
      return { name: 'Aborted', message: 'the kernel did not run the cell' };
    case 'error':
      return raises ? undefined : (error ?? { name: 'Error', message: 'the kernel does not say which' });
    case 'ok':
      return raises
        ? { name: 'NoException', message: 'the cell is tagged raises-exception, but it raised none' }
        : undefined;
  }
}

/** Puts a cell's error into its outputs where the kernel (tslab) did not. */
export function withError(outputs: readonly Output[], { name, message }: CellError): Output[] {
  if (outputs.some((output) => output.output_type === 'error')) return [...outputs];
  const traceback = `${name}: ${message}`.split('\n');
  return [...outputs, { output_type: 'error', ename: name, evalue: message, traceback }];
}

/** The outcome with the place of its error, where the outputs tell more than its message. */
export function withTraceback<T extends Outcome>(outcome: T, outputs: readonly Output[]): T {
  const { error } = outcome;
  const output = outputs.findLast((candidate) => candidate.output_type === 'error');
  if (error === undefined || output?.output_type !== 'error') return outcome;
  const traceback = stripVTControlCharacters(output.traceback.join('\n')).trim();
  return traceback === `${error.name}: ${error.message}`.trim()
    ? outcome
    : { ...outcome, error: { ...error, traceback } };
}
