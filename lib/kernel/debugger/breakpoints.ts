/**
 * Breakpoints by source and line. A cell that has not run yet keeps its own
 * until it does; one that ran several times has a script for each run.
 */
import type { Debugger as Inspector } from 'node:inspector';
import type { JsonObject } from '../../core/jupyter/message';
import { isCellPath, type Sources } from './sources';
import type { Inspect } from './variables';

export interface Breakpoints {
  /** Replaces the breakpoints of a source; the body of `setBreakpoints`' response. */
  set(path: string, wanted: readonly JsonObject[]): Promise<JsonObject>;
  /** Sets the breakpoints of a source in a script that is about to run. */
  apply(path: string, url: string): Promise<void>;
  /** Sets those of files again, in a new session. */
  applyToFiles(): Promise<void>;
  /** All of them, as `debugInfo` lists them. */
  all(): JsonObject[];
  forget(): void;
}

interface Wanted {
  readonly line: number;
  readonly condition: string | undefined;
}

/** None yet. */
export function createBreakpoints(inspect: Inspect, sources: Sources): Breakpoints {
  const wanted = new Map<string, Wanted[]>();
  const placed = new Map<string, string[]>();

  async function place(path: string, url: string, { line, condition }: Wanted): Promise<number | undefined> {
    const target = sources.toScript(url, line);
    if (target === undefined) return undefined;
    const { lineNumber, columnNumber } = target;
    const { breakpointId, locations } = (await inspect('Debugger.setBreakpointByUrl', {
      url,
      lineNumber,
      columnNumber,
      ...(condition === undefined ? {} : { condition }),
    })) as unknown as Inspector.SetBreakpointByUrlReturnType;
    placed.set(path, [...(placed.get(path) ?? []), breakpointId]);
    const [location] = locations;
    const at =
      location === undefined
        ? target
        : { lineNumber: location.lineNumber, columnNumber: location.columnNumber ?? 0 };
    return sources.toSource(url, at.lineNumber, at.columnNumber)?.line;
  }

  async function remove(path: string): Promise<void> {
    const ids = placed.get(path) ?? [];
    placed.delete(path);
    for (const breakpointId of ids) await inspect('Debugger.removeBreakpoint', { breakpointId });
  }

  return {
    async set(path, requested) {
      await remove(path);
      const points = requested.map(({ line, condition }) => ({
        line: Number(line),
        condition: typeof condition === 'string' && condition !== '' ? condition : undefined,
      }));
      wanted.set(path, points);
      const urls = sources.scriptsOf(path);
      const breakpoints: JsonObject[] = [];
      for (const point of points) {
        let { line } = point;
        for (const url of urls) line = (await place(path, url, point)) ?? line;
        breakpoints.push({ id: breakpoints.length + 1, verified: true, line, source: { path } });
      }
      return { breakpoints };
    },
    async apply(path, url) {
      // An imported file has one script, which was compiled anew: its breakpoints move.
      if (!isCellPath(path)) await remove(path);
      for (const point of wanted.get(path) ?? []) await place(path, url, point);
    },
    async applyToFiles() {
      for (const path of wanted.keys()) {
        placed.delete(path);
        if (isCellPath(path)) continue;
        for (const url of sources.scriptsOf(path)) {
          for (const point of wanted.get(path) ?? []) await place(path, url, point);
        }
      }
    },
    all: () =>
      Array.from(wanted, ([source, points]) => ({
        source,
        breakpoints: points.map(({ line }) => ({ line })),
      })).filter(({ breakpoints }) => breakpoints.length > 0),
    forget() {
      wanted.clear();
      placed.clear();
    },
  };
}
