/** One source map out of the two that a cell's script went through. */
import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import type { CellSource } from './source';

/** Lines that the rewriting put above the transpiler's output. */
const LINES_ABOVE = 1;

/**
 * The map from a script to its cell, as JSON (source map, version 3).
 * `rewritten` leads from the script to the transpiler's output below `LINES_ABOVE` lines,
 * `transpiled` (JSON) from that output to the cell.
 */
export function composeMaps(
  rewritten: { readonly mappings: readonly (readonly SourceMapSegment[])[] },
  transpiled: string,
  { code, name }: CellSource,
): string {
  const tracer = new TraceMap(transpiled);
  const mappings = rewritten.mappings.map((line) => line.flatMap((segment) => traced(segment, tracer)));
  return JSON.stringify({
    version: 3,
    file: name,
    names: [],
    sources: [name],
    sourcesContent: [code],
    mappings: encode(mappings),
  });
}

function traced(segment: SourceMapSegment, tracer: TraceMap): SourceMapSegment[] {
  const [column, , line, sourceColumn] = segment;
  if (line === undefined || sourceColumn === undefined || line < LINES_ABOVE) return [];
  const found = traceSegment(tracer, line - LINES_ABOVE, sourceColumn);
  if (found === null || found.length === 1) return [[column]];
  return [[column, 0, found[2], found[3]]];
}
