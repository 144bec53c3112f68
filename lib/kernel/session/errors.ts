/**
 * What went wrong, for the reader: the exception's name and message, the line
 * it happened on, the stack in TypeScript lines, its causes.
 */
import { inspect, types } from 'node:util';
import type { ErrorReport } from './channel';
import { sourceOf } from './stacks';

const CONTEXT_LINES = 2;
const INSPECT = { depth: 3, colors: false, breakLength: 100, maxArrayLength: 20 } as const;

/** An error as Jupyter wants it: `ename`, `evalue` and the lines of the traceback. */
export function reportError(thrown: unknown): ErrorReport {
  if (!isError(thrown)) {
    const evalue = safeInspect(thrown);
    return {
      ename: 'Uncaught',
      evalue,
      traceback: [`Uncaught ${evalue}`, 'A value that is not an Error was thrown: it carries no stack.'],
    };
  }
  const ename = nameOf(thrown);
  const evalue = String(thrown.message ?? '');
  const text = safeInspect(thrown);
  const excerpt = codeFrame(text);
  return {
    ename,
    evalue,
    traceback: excerpt === undefined ? text.split('\n') : [excerpt, ...text.split('\n')],
  };
}

function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || thrown instanceof Error;
}

function nameOf(error: Error): string {
  const { name } = error;
  return typeof name === 'string' && name !== '' ? name : (error.constructor?.name ?? 'Error');
}

/** `inspect` runs the reader's code (getters, custom inspectors), which may throw in turn. */
function safeInspect(value: unknown): string {
  try {
    return inspect(value, INSPECT);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** The lines around the first frame whose source is at hand, with a caret. */
function codeFrame(stack: string): string | undefined {
  const match = /^ {4}at (?:.*\()?((?:[^\s():]|:(?!\d))+):(\d+):(\d+)\)?(?: \{|,)?$/m.exec(stack);
  const [, file, line, column] = match ?? [];
  if (file === undefined || file.startsWith('node:') || file.includes('node_modules')) return undefined;
  const lines = sourceOf(file)?.split(/\r\n|[\n\r]/);
  const at = Number(line) - 1;
  if (lines?.[at] === undefined) return undefined;
  const first = Math.max(0, at - CONTEXT_LINES);
  const shown = lines.slice(first, at + CONTEXT_LINES + 1);
  const width = String(first + shown.length).length;
  const out = shown.flatMap((text, i) => {
    const number = String(first + i + 1).padStart(width);
    const row = `${first + i === at ? '>' : ' '} ${number} | ${text}`;
    if (first + i !== at) return [row];
    const lead = text.slice(0, Number(column) - 1).replace(/[^\t]/g, ' ');
    return [row, `  ${' '.repeat(width)} | ${lead}^`];
  });
  return [`${file}:${line}:${column}`, ...out, ''].join('\n');
}
