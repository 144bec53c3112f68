/**
 * An exercise's cell taken apart: what is handed out as it is, what is a
 * solution, and what tests it.
 */
import type { Statement } from '@babel/types';
import { parseTypeScript } from '../kernel/cells/parse';
import { spanOf } from '../kernel/cells/walk';
import { type Cell, type CodeCell, tagsOf } from '../notebook/format';
import { regionsIn } from '../notebook/regions';
import { notWritten, PROMPT } from './stub';
import { hasClaim } from './tests';

/** A piece of a cell: handed out as it is, or as a stub. */
export interface Piece {
  readonly kind: 'given' | 'solution';
  readonly code: string;
}

/** A cell taken apart. */
export interface Parts {
  readonly id: string;
  readonly pieces: readonly Piece[];
  readonly tests: readonly string[];
}

const isTagged = (cell: Cell): boolean => tagsOf(cell).includes('solution');

/** Whether a cell belongs to an exercise: tagged `solution`, or with marked regions. */
export const isExercise = (cell: Cell): boolean =>
  isTagged(cell) || (cell.cell_type === 'code' && regionsIn(cell.source, `cell ${cell.id}`).length > 0);

/** Solutions inside a function, replaced by a statement that throws: nothing else compiles there. */
function withoutInner(source: string, place: string): string {
  let rest = source;
  const statements = parseTypeScript(source).body.map(spanOf);
  for (const { kind, start, end, indent } of regionsIn(source, place).reverse()) {
    if (kind !== 'SOLUTION' || !statements.some((each) => each.start < start && end < each.end)) continue;
    const stub = `${indent}${PROMPT}\n${indent}${notWritten('This')}\n`;
    rest = rest.slice(0, start) + stub + rest.slice(end);
  }
  return rest;
}

const isTest = (statement: Statement): boolean =>
  statement.type === 'ExpressionStatement' || statement.type.startsWith('For') ? hasClaim(statement) : false;

/** The code without the statements that claim something, and those. */
function withoutClaims(code: string): { rest: string; claims: string[] } {
  const spans = parseTypeScript(code).body.filter(isTest).map(spanOf);
  let rest = code;
  for (const { start, end } of spans.toReversed()) {
    rest = rest.slice(0, start) + rest.slice(end).replace(/^[ \t]*\n?/, '');
  }
  return { rest, claims: spans.map(({ start, end }) => code.slice(start, end)) };
}

/** The parts of an exercise's code cell. Errors: SyntaxError, InkwellError `EXERCISE_REGION`. */
export function partsOf(cell: CodeCell): Parts {
  const { id, source } = cell;
  const place = `cell ${id}`;
  const code = withoutInner(source, place);
  const isMarked = regionsIn(source, place).some(({ kind }) => kind === 'SOLUTION');
  // A tagged cell without a marked solution is a solution as a whole.
  const around = isTagged(cell) && !isMarked ? 'solution' : 'given';
  const pieces: Piece[] = [];
  const tests: string[] = [];
  const add = (kind: Piece['kind'], text: string): void => {
    const { rest, claims } = withoutClaims(text);
    pieces.push({ kind, code: rest });
    tests.push(...claims);
  };
  let at = 0;
  for (const region of regionsIn(code, place)) {
    add(around, code.slice(at, region.start));
    if (region.kind === 'SOLUTION') add('solution', region.code);
    else tests.push(region.code.trim());
    at = region.end;
  }
  add(around, code.slice(at));
  return { id, pieces, tests };
}
