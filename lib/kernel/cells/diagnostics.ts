/**
 * What is wrong with a cell, and how to show it: messages with a code frame
 * at the cell's own lines, in the layout that `tsc --pretty` and rustc made
 * familiar (message, then the lines, then a rule of carets).
 */

/** One error or warning about a cell. */
export interface CellDiagnostic {
  /** TypeScript's number, such as 2322; 0 where the transpiler alone found it. */
  readonly code: number;
  readonly category: 'error' | 'warning';
  readonly message: string;
  /** Line of the first character, 0-based, in the cell. */
  readonly line: number;
  /** Column of the first character, 0-based, in UTF-16 units. */
  readonly column: number;
  /** Line of the first character after the range, 0-based. */
  readonly endLine: number;
  /** Column of the first character after the range, 0-based, in UTF-16 units. */
  readonly endColumn: number;
}

/** The source of a cell and the name it goes by. */
export interface NamedCode {
  readonly code: string;
  readonly name: string;
}

export interface FormatDiagnosticsOptions {
  /** Colour with ANSI escapes; default false. */
  readonly colour?: boolean;
}

/** Lines shown around a range, and at most of it. */
const CONTEXT_LINES = 1;
const LONGEST_RANGE = 6;

type Paint = (text: string) => string;
interface Palette {
  readonly error: Paint;
  readonly warning: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

/** The diagnostics as text, one code frame each, separated by blank lines; no trailing newline. */
export function formatDiagnostics(
  diagnostics: readonly CellDiagnostic[],
  source: NamedCode,
  { colour = false }: FormatDiagnosticsOptions = {},
): string {
  const palette = paletteOf(colour);
  const lines = source.code.split(/\r\n|[\n\r]/);
  return diagnostics.map((diagnostic) => formatOne(diagnostic, source.name, lines, palette)).join('\n\n');
}

function formatOne(
  diagnostic: CellDiagnostic,
  name: string,
  lines: readonly string[],
  palette: Palette,
): string {
  const { code, category, message, line, column } = diagnostic;
  const label = palette[category](code === 0 ? category : `${category} TS${code}`);
  const place = palette.dim(`${name}:${line + 1}:${column + 1}`);
  return `${place} ${label}: ${message}\n${codeFrame(diagnostic, lines, palette)}`;
}

function codeFrame(diagnostic: CellDiagnostic, lines: readonly string[], palette: Palette): string {
  const first = Math.max(0, diagnostic.line - CONTEXT_LINES);
  const lastOfRange = Math.min(diagnostic.endLine, diagnostic.line + LONGEST_RANGE - 1);
  const last = Math.min(lines.length - 1, lastOfRange + CONTEXT_LINES);
  const width = String(last + 1).length;
  const frame: string[] = [];
  for (let index = first; index <= last; index++) {
    const text = lines[index] ?? '';
    const inRange = index >= diagnostic.line && index <= lastOfRange;
    const gutter = `${inRange ? palette[diagnostic.category]('>') : ' '} ${palette.dim(`${String(index + 1).padStart(width)} |`)}`;
    frame.push(`${gutter} ${text}`.trimEnd());
    const rule = inRange ? underline(diagnostic, index, text) : undefined;
    if (rule === undefined) continue;
    frame.push(
      `  ${' '.repeat(width)} ${palette.dim('|')} ${rule.indent}${palette[diagnostic.category](rule.carets)}`,
    );
  }
  return frame.join('\n');
}

/** The carets under one line of the range; undefined where the range covers none of its text. */
function underline(
  { line, column, endLine, endColumn }: CellDiagnostic,
  index: number,
  text: string,
): { indent: string; carets: string } | undefined {
  const start = index === line ? Math.min(column, text.length) : text.length - text.trimStart().length;
  const end = index === endLine ? Math.min(endColumn, text.length) : text.length;
  if (index !== line && end <= start) return undefined;
  // Tabs stay tabs, so that the carets stand under the text at any tab width.
  const indent = Array.from(text.slice(0, start), (character) => (character === '\t' ? '\t' : ' ')).join('');
  const columns = Array.from(text.slice(start, end)).length;
  return { indent, carets: '^'.repeat(Math.max(1, columns)) };
}

function paletteOf(colour: boolean): Palette {
  const ansi =
    (code: number): Paint =>
    (text) =>
      colour ? `\u001b[${code}m${text}\u001b[39;22m` : text;
  return { error: ansi(31), warning: ansi(33), dim: ansi(90), strong: ansi(1) };
}
