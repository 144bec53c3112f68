/**
 * Stacks in the reader's own lines: frames of cells, of imported TypeScript
 * and of compiled libraries are mapped back through their source maps; the
 * kernel's own frames are left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface Mapped {
  readonly map: SourceMap;
  /** Folder that the map's sources are relative to; undefined for cells. */
  readonly directory: string | undefined;
}

const maps = new Map<string, Mapped | null>();
const sources = new Map<string, string>();
const kernelFolder = path.dirname(__dirname);
const HIDDEN = [kernelFolder, 'node:inspector', 'node:async_hooks', 'node:internal/', 'internal/'];
const KEPT_CELLS = 2000;

/** Remembers how a cell, or an imported file compiled on the fly, maps back. */
export function rememberMap(name: string, sourceMap: string, source?: string): void {
  const directory = path.isAbsolute(name) ? path.dirname(name) : undefined;
  maps.delete(name);
  maps.set(name, { map: new SourceMap(JSON.parse(sourceMap) as SourceMapPayload), directory });
  if (source !== undefined) sources.set(name, source);
  if (sources.size > KEPT_CELLS) {
    const [oldest] = sources.keys();
    if (oldest !== undefined) {
      sources.delete(oldest);
      maps.delete(oldest);
    }
  }
}

export interface Place {
  readonly file: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** Where a place of running JavaScript is in what the reader wrote. */
export function originalPlace(file: string, line: number, column: number): Place {
  const mapped = mapFor(file);
  if (mapped === null) return { file, line, column };
  const entry = mapped.map.findEntry(line - 1, column - 1);
  if (!('originalLine' in entry)) return { file, line, column };
  const { originalSource, originalLine, originalColumn } = entry;
  return {
    file: mapped.directory === undefined ? file : resolveSource(originalSource, mapped.directory),
    line: originalLine + 1,
    column: originalColumn + 1,
  };
}

function resolveSource(source: string, directory: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : path.resolve(directory, source);
}

/** Compiled files carry their map beside them, as this library's do. */
function mapFor(file: string): Mapped | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  let found: Mapped | null = null;
  if (path.isAbsolute(file) && existsSync(`${file}.map`)) {
    try {
      const payload = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload;
      // A map whose sources are not there would send the reader to nowhere.
      const first = payload.sources[0];
      if (first !== undefined && existsSync(resolveSource(first, path.dirname(file)))) {
        found = { map: new SourceMap(payload), directory: path.dirname(file) };
      }
    } catch {
      // A broken map: the compiled lines are better than nothing.
    }
  }
  maps.set(file, found);
  return found;
}

/** The source of a cell or of a file, where it can be had. */
export function sourceOf(file: string): string | undefined {
  const known = sources.get(file);
  if (known !== undefined) return known;
  try {
    return path.isAbsolute(file) ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(site: NodeJS.CallSite): string | undefined {
  const name = site.getFileName() ?? site.getEvalOrigin() ?? undefined;
  const named = (site as { getScriptNameOrSourceURL?(): string | null }).getScriptNameOrSourceURL?.() ?? name;
  if (named === undefined) return undefined;
  return named.startsWith('file:') ? fileURLToPath(named) : named;
}

const isHidden = (file: string | undefined): boolean =>
  file !== undefined && HIDDEN.some((prefix) => file.startsWith(prefix));

const isNode = (site: NodeJS.CallSite): boolean => fileOf(site)?.startsWith('node:') ?? true;

function frame(site: NodeJS.CallSite): string {
  const text = site.toString();
  const file = fileOf(site);
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (file === undefined || line === null || column === null) return text;
  const place = originalPlace(file, line, column);
  return text
    .replace(/(?:file:\/\/)?[^\s()]*:\d+:\d+(?=\)?$)/, `${place.file}:${place.line}:${place.column}`)
    .replace(/^eval (?=at )/, '');
}

function prepare(error: Error, sites: NodeJS.CallSite[]): string {
  let head: string;
  try {
    head = Error.prototype.toString.call(error);
  } catch {
    head = 'Error';
  }
  const shown = sites.filter((site) => !isHidden(fileOf(site)));
  // Below the reader's outermost frame is only how Node came to call it.
  const outermost = shown.findLastIndex((site) => !isNode(site));
  const kept = outermost < 0 ? shown : shown.slice(0, outermost + 1);
  return head + kept.map((site) => `\n    at ${frame(site)}`).join('');
}

/** Makes every `error.stack` of this process read that way. */
export function mapStacks(): void {
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = 30;
}
