/**
 * What can be debugged: cells, under the path that JupyterLab knows them by (a
 * hash of their text), and imported files. V8 knows both as scripts with
 * URLs; positions go back and forth through the source maps.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TraceMap } from '@jridgewell/trace-mapping';
import { murmur2 } from './murmur';

/** Seed and folder of the names; ipykernel uses the same seed. */
export const HASH_SEED = 0xc70f6907;
export const PATH_PREFIX: string = `${path.sep}inkwell-${process.pid}${path.sep}`;
export const PATH_SUFFIX = '.ts';

/** A place in a source; line and column count from 1. */
export interface SourcePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A place in a script, as V8 counts: from 0. */
export interface ScriptPlace {
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface Script {
  readonly path: string;
  readonly json: string;
  /** Made when it is first looked into: most never are. */
  map: TraceMap | undefined;
}

type Tracing = typeof import('@jridgewell/trace-mapping');

/** Loaded when something is debugged. */
const tracing = (): Tracing => createRequire(__filename)('@jridgewell/trace-mapping') as Tracing;

function mapOf(script: Script): TraceMap {
  script.map ??= new (tracing().TraceMap)(script.json);
  return script.map;
}

/** What V8 calls the script of an imported file. */
export function urlOfFile(file: string): string {
  return pathToFileURL(file).href;
}

/** Whether a path is a cell's, and no file's. */
export function isCellPath(file: string): boolean {
  return file.startsWith(PATH_PREFIX);
}

/** The path of a cell's text. No such file exists. */
export function pathOfCell(code: string): string {
  return `${PATH_PREFIX}${murmur2(code, HASH_SEED)}${PATH_SUFFIX}`;
}

export interface Sources {
  /** Remembers a cell's text; returns its path. */
  addCell(code: string): string;
  /** A script with a map to a source; false where it was known with that map. */
  addScript(url: string, path: string, map: string): boolean;
  /** URLs of the scripts made from a source, newest last. */
  scriptsOf(path: string): readonly string[];
  textOf(path: string): string | undefined;
  /** Where a source's line begins in a script; the next line that has code where it has none. */
  toScript(url: string, line: number): ScriptPlace | undefined;
  /** Where a script's place is in its source; undefined for what is not the reader's. */
  toSource(url: string, lineNumber: number, columnNumber: number): SourcePlace | undefined;
}

/** How far below a line without code a breakpoint may slide. */
const SLIDE = 50;

/** An empty registry. */
export function createSources(): Sources {
  const texts = new Map<string, string>();
  const scripts = new Map<string, Script>();

  function toScript(url: string, line: number): ScriptPlace | undefined {
    const script = scripts.get(url);
    if (script === undefined) return { url, lineNumber: line - 1, columnNumber: 0 };
    const { generatedPositionFor, LEAST_UPPER_BOUND } = tracing();
    const map = mapOf(script);
    const source = map.sources[0] ?? '';
    for (let candidate = line; candidate < line + SLIDE; candidate++) {
      const found = generatedPositionFor(map, {
        source,
        line: candidate,
        column: 0,
        bias: LEAST_UPPER_BOUND,
      });
      if (found.line !== null) return { url, lineNumber: found.line - 1, columnNumber: found.column };
    }
    return undefined;
  }

  return {
    addCell(code) {
      const file = pathOfCell(code);
      texts.set(file, code);
      return file;
    },
    addScript(url, file, map) {
      const known = scripts.get(url);
      if (known?.json === map) return false;
      scripts.set(url, { path: file, json: map, map: undefined });
      return true;
    },
    scriptsOf: (file) => {
      const urls = Array.from(scripts).flatMap(([url, script]) => (script.path === file ? [url] : []));
      return urls.length === 0 && !isCellPath(file) ? [urlOfFile(file)] : urls;
    },
    textOf: (file) => texts.get(file),
    toScript,
    toSource(url, lineNumber, columnNumber) {
      const script = scripts.get(url);
      if (script === undefined) return fileSource(url, lineNumber, columnNumber);
      const { originalPositionFor, GREATEST_LOWER_BOUND } = tracing();
      const { line, column } = originalPositionFor(mapOf(script), {
        line: lineNumber + 1,
        column: columnNumber,
        bias: GREATEST_LOWER_BOUND,
      });
      return line === null ? undefined : { path: script.path, line, column: column + 1 };
    },
  };
}

const KERNEL_FOLDER = path.dirname(__dirname);

function fileSource(url: string, lineNumber: number, columnNumber: number): SourcePlace | undefined {
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  if (!path.isAbsolute(file) || file.startsWith(KERNEL_FOLDER)) return undefined;
  return { path: file, line: lineNumber + 1, column: columnNumber + 1 };
}
