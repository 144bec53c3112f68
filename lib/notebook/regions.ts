/**
 * Regions that an author marks inside a code cell, after nbgrader's habit, in
 * comments of TypeScript:
 *
 *     // BEGIN SOLUTION
 *     …                    what a student is to write
 *     // END SOLUTION
 *     // BEGIN HIDDEN TESTS
 *     …                    what checks it, and is not handed out
 *     // END HIDDEN TESTS
 *
 * Source: https://nbgrader.readthedocs.io/en/stable/user_guide/creating_and_grading_assignments.html
 */
import { InkwellError } from '../core/errors';

export type RegionKind = 'SOLUTION' | 'HIDDEN TESTS';

/** Whole lines of a cell, as offsets into its source. */
export interface Region {
  readonly kind: RegionKind;
  /** With the marker lines. */
  readonly start: number;
  readonly end: number;
  /** What stands between the markers. */
  readonly code: string;
  /** The opening marker's indentation. */
  readonly indent: string;
}

const MARKER = /^([ \t]*)\/\/[ \t]*#*[ \t]*(BEGIN|END) (SOLUTION|HIDDEN TESTS)[ \t]*(?:\n|$)/gm;

/** The source without the lines that mark regions: as readers of the book see it. */
export function withoutMarkers(source: string): string {
  return source.replace(MARKER, '');
}

/**
 * The regions of a cell, in order.
 *
 * @param place how to call the cell in errors.
 * @throws InkwellError `EXERCISE_REGION` where a marker has no partner or regions overlap.
 */
export function regionsIn(source: string, place: string): Region[] {
  const regions: Region[] = [];
  let open: { match: RegExpExecArray; kind: RegionKind } | undefined;
  const wrong = (what: string): InkwellError =>
    new InkwellError('EXERCISE_REGION', `${place}: ${what}`, {
      hint: 'Each // BEGIN SOLUTION needs its // END SOLUTION, each // BEGIN HIDDEN TESTS its // END HIDDEN TESTS, and none stands inside another.',
    });
  for (const match of source.matchAll(MARKER)) {
    const [line, indent = '', edge, kind] = match as unknown as [string, string, string, RegionKind];
    if (edge === 'BEGIN') {
      if (open !== undefined) throw wrong(`// BEGIN ${kind} stands inside another region`);
      open = { match, kind };
      continue;
    }
    if (open?.kind !== kind) throw wrong(`// END ${kind} closes nothing`);
    const start = open.match.index;
    const code = source.slice(start + open.match[0].length, match.index);
    regions.push({ kind, start, end: match.index + line.length, code, indent });
    open = undefined;
  }
  if (open !== undefined) throw wrong(`// BEGIN ${open.kind} is never closed`);
  return regions;
}
