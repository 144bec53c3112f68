import { type CellDiagnostic, formatDiagnostics } from 'inkwell/kernel/cells/diagnostics';

const at = (line: number, column: number, endLine: number, endColumn: number): CellDiagnostic => ({
  code: 2322,
  category: 'error',
  message: 'Wrong.',
  line,
  column,
  endLine,
  endColumn,
});
const name = 'cell-3.ts';

test("a code frame at the cell's own lines", () => {
  const code = 'let a = 1;\nlet b: string = a;\nlet c = 3;\nlet d;';
  expect(formatDiagnostics([at(1, 4, 1, 5)], { code, name })).toBe(
    [
      'cell-3.ts:2:5 error TS2322: Wrong.',
      '  1 | let a = 1;',
      '> 2 | let b: string = a;',
      '    |     ^',
      '  3 | let c = 3;',
    ].join('\n'),
  );
});

test('several are separated by a blank line', () => {
  const frames = formatDiagnostics([at(0, 0, 0, 1), at(0, 1, 0, 2)], { code: 'ab', name }).split('\n\n');
  expect(frames).toHaveLength(2);
});

test('a range over lines is underlined on each, and cut where it is long', () => {
  const code = Array.from({ length: 12 }, (_, index) => `  line${index}`).join('\n');
  const frame = formatDiagnostics([at(1, 2, 10, 4)], { code, name });
  expect(frame.match(/\^+/g)).toEqual(['^^^^^', '^^^^^', '^^^^^', '^^^^^', '^^^^^', '^^^^^']);
  expect(frame).toContain('> 7 |   line6');
  expect(frame).toContain('  8 |   line7');
  expect(frame).not.toContain('line10');
});

test('tabs stay tabs and characters outside the basic plane are one column', () => {
  const code = "\t'😀' + x";
  const frame = formatDiagnostics([at(0, 8, 0, 9)], { code, name }).split('\n');
  expect(frame[2]).toBe(`    | \t${' '.repeat(6)}^`);
});

test('a place past the end of the text is still shown', () => {
  expect(formatDiagnostics([at(0, 99, 0, 120)], { code: 'ab', name })).toContain('|   ^');
});

test('colour where asked for', () => {
  expect(formatDiagnostics([at(0, 0, 0, 1)], { code: 'a', name })).not.toContain('\u001b');
  expect(formatDiagnostics([at(0, 0, 0, 1)], { code: 'a', name }, { colour: true })).toContain('\u001b[31m');
});
