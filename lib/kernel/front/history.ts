/**
 * What was run, for `history_request`: the last n inputs, a range, or those
 * that match a pattern. It lives as long as the kernel, and is not written to
 * disk: a kernel leaves no file behind.
 */
import type { JsonObject } from '../../core/jupyter/message';

/** Number of the history session: a kernel has one. */
const SESSION = 1;
const KEPT = 10_000;

interface Entry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

export interface History {
  add(line: number, input: string): void;
  /** The text of a result, for requests with `output`. */
  setOutput(line: number, output: string): void;
  /** Answers a `history_request`; entries are `[session, line, input]`, or `[session, line, [input, output]]`. */
  answer(request: JsonObject): unknown[];
}

/** An empty history. */
export function createHistory(): History {
  const entries: Entry[] = [];
  return {
    add(line, input) {
      entries.push({ line, input, output: null });
      if (entries.length > KEPT) entries.shift();
    },
    setOutput(line, output) {
      const entry = entries.findLast((candidate) => candidate.line === line);
      if (entry !== undefined) entry.output = output;
    },
    answer(request) {
      const withOutput = request['output'] === true;
      return select(entries, request).map(({ line, input, output }) => [
        SESSION,
        line,
        withOutput ? [input, output] : input,
      ]);
    },
  };
}

function select(entries: readonly Entry[], request: JsonObject): readonly Entry[] {
  const count = typeof request['n'] === 'number' ? request['n'] : undefined;
  switch (request['hist_access_type']) {
    case 'tail':
      return last(entries, count ?? 10);
    case 'search':
      return last(search(entries, request), count ?? entries.length);
    case 'range':
      return range(entries, request);
    default:
      return [];
  }
}

const last = <T>(items: readonly T[], count: number): readonly T[] => (count <= 0 ? [] : items.slice(-count));

function range(entries: readonly Entry[], { session, start, stop }: JsonObject): readonly Entry[] {
  // 0 is the current session, negative numbers count back from it: only it is kept.
  if (session !== undefined && session !== 0 && session !== SESSION) return [];
  const from = typeof start === 'number' ? start : 0;
  const to = typeof stop === 'number' ? stop : Infinity;
  return entries.filter(({ line }) => line >= from && line < to);
}

function search(entries: readonly Entry[], { pattern, unique }: JsonObject): readonly Entry[] {
  const expression = globExpression(typeof pattern === 'string' ? pattern : '*');
  const found = entries.filter(({ input }) => expression.test(input));
  if (unique !== true) return found;
  return found.filter(({ input }, index) => found.findLastIndex((other) => other.input === input) === index);
}

/** A glob, as SQLite's GLOB that ipykernel uses: `*`, `?`, everything else as it is. */
function globExpression(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[\\s\\S]*').replaceAll('?', '[\\s\\S]')}$`);
}
