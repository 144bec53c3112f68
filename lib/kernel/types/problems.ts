/** The server's diagnostics as a cell's: at the cell's own lines, without what only its presentation caused. */
import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { CellDiagnostic } from '../cells/diagnostics';
import { INTERNAL, LINES_ABOVE } from './present';
import type { Position } from './words';

/** What the filter has to know about the cell. */
export interface CheckedCell {
  readonly lines: readonly string[];
  /** Whether the cell declares anything global; an earlier version of it may still be around. */
  readonly isAmbient: boolean;
}

/** The errors and warnings among the server's diagnostics that are the cell's own, in order of place. */
export function cellProblems(diagnostics: readonly Diagnostic[], cell: CheckedCell): CellDiagnostic[] {
  return diagnostics
    .flatMap((diagnostic) => toCellDiagnostic(diagnostic, cell) ?? [])
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function toCellDiagnostic(
  { code, severity, message, range }: Diagnostic,
  { lines, isAmbient }: CheckedCell,
): CellDiagnostic | undefined {
  const number = Number(code ?? 0);
  if (severity !== undefined && severity > WARNING) return undefined;
  if (range.start.line < LINES_ABOVE || TOLERATED.has(number)) return undefined;
  if (isAmbient && REDECLARED.has(number)) return undefined;
  if (number === UNKNOWN_NAME && isAskedFor(range.start, lines)) return undefined;
  const category = severity === WARNING || HARMLESS.has(number) ? 'warning' : 'error';
  const start = placeInCell(range.start, lines);
  const end = placeInCell(range.end, lines);
  const text = typeof message === 'string' ? message : message.value;
  return {
    code: number,
    category,
    message: tidy(text),
    line: start.line,
    column: start.character,
    endLine: end.line,
    endColumn: end.character,
  };
}

/** What is missing at the very end is reported past the cell, in the line that closes the module. */
function placeInCell({ line, character }: Position, lines: readonly string[]): Position {
  const own = line - LINES_ABOVE;
  if (own < lines.length) return { line: own, character };
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const WARNING = 2;

/** An expression nobody uses is what many cells are made of. */
const TOLERATED = new Set([
  2695, // the left side of a comma operator is unused
]);

/** What runs well without types. */
const HARMLESS = new Set([
  7016, // no declaration file for a module
]);

/** `typeof x` is how a program asks whether there is an `x`. */
const UNKNOWN_NAME = 2304;

function isAskedFor({ line, character }: Position, lines: readonly string[]): boolean {
  return /\btypeof\s*\(?\s*$/.test(lines[line - LINES_ABOVE]?.slice(0, character) ?? '');
}

/** The earlier version of a global declaration disagrees with this one, which will take its place. */
const REDECLARED = new Set([2300, 2403, 2451, 2567, 2687, 2717]);

/** The names of our modules mean nothing to the reader. */
function tidy(message: string): string {
  return message.replace(/(?:typeof )?import\("[^"]*\/\.inkwell-[^"]*"\)\.?/g, '').replaceAll(INTERNAL, '');
}
