/** One source map out of the two that a cell's script went through. */
import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import type { CellSource } from './source';

/** Lines that a script has above the cell, or what the transpiler made of it. */
const LINES_ABOVE = 1;

/**
 * The map from a script to its cell, as JSON (source map, version 3).
 * `rewritten` leads from the script to the transpiler's output below `LINES_ABOVE` lines,
 * `transpiled` (JSON) from that output to the cell; without it, what was rewritten is the cell itself.
 */
export function composeMaps(
  rewritten: { readonly mappings: readonly (readonly SourceMapSegment[])[] },
  transpiled: string | undefined,
  { code, name }: CellSource,
): string {
  const trace = transpiled === undefined ? lowered : tracerThrough(transpiled);
  const mappings = rewritten.mappings.map((line) => line.flatMap((segment) => trace(segment)));
  return JSON.stringify({
    version: 3,
    file: name,
    names: [],
    sources: [name],
    sourcesContent: [code],
    mappings: encode(mappings),
  });
}

type Trace = (segment: SourceMapSegment) => SourceMapSegment[];

/** Only past the lines above. */
function lowered(segment: SourceMapSegment): SourceMapSegment[] {
  const [column, , line, sourceColumn] = segment;
  if (line === undefined || sourceColumn === undefined || line < LINES_ABOVE) return [];
  return [[column, 0, line - LINES_ABOVE, sourceColumn]];
}

function tracerThrough(transpiled: string): Trace {
  const map = new TraceMap(transpiled);
  return (segment) =>
    lowered(segment).flatMap(([column, , line = 0, sourceColumn = 0]): SourceMapSegment[] => {
      const found = traceSegment(map, line, sourceColumn);
      if (found === null || found.length === 1) return [[column]];
      return [[column, 0, found[2], found[3]]];
    });
}
