import { tmpdir } from 'node:os';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { compileCell, newCellHistory } from 'inkwell/kernel/cells/compile';

/** Where the cell's source says each `MARK_n` of the compiled script is. */
async function placesOf(code: string): Promise<Record<string, string>> {
  const cell = { code, name: 'cell-7.ts', directory: tmpdir() };
  const { javascript, sourceMap } = await compileCell(cell, { history: newCellHistory() });
  const map = new TraceMap(sourceMap);
  const places: Record<string, string> = {};
  javascript.split('\n').forEach((text, index) => {
    for (const match of text.matchAll(/MARK_\w+/g)) {
      const { source, line, column } = originalPositionFor(map, { line: index + 1, column: match.index });
      places[match[0]] ??= `${source}:${line}:${column}`;
    }
  });
  return places;
}

test('places lead back to the cell through hoisting, lowering and loops', async () => {
  const code = [
    '// a comment',
    'type Gone = { a: number };',
    'const a: number = MARK_a;',
    'enum E { A = MARK_b }',
    'function hoisted(x: Gone): void { MARK_c(x) }',
    'export const ex = MARK_d;',
    'class K { #p: number = MARK_e; declare q: string }',
    'var v = MARK_f, w: string = MARK_g;',
    'let s = 0; for (let i = 0; i < 3; i++) { s += MARK_h }',
    '{ using u = MARK_i }',
    'export default MARK_j;',
    "import { MARK_k } from './x'",
  ].join('\n');
  expect(await placesOf(code)).toEqual({
    MARK_a: 'cell-7.ts:3:18',
    MARK_b: 'cell-7.ts:4:13',
    MARK_c: 'cell-7.ts:5:34',
    MARK_d: 'cell-7.ts:6:18',
    MARK_e: 'cell-7.ts:7:23',
    MARK_f: 'cell-7.ts:8:8',
    MARK_g: 'cell-7.ts:8:28',
    MARK_h: 'cell-7.ts:9:46',
    MARK_i: 'cell-7.ts:10:12',
    MARK_j: 'cell-7.ts:11:15',
    MARK_k: 'cell-7.ts:12:0',
  });
});

test('the map carries the source, and the script its name', async () => {
  const cell = { code: 'const é = "😀"', name: 'cell-8.ts', directory: tmpdir() };
  const { javascript, sourceMap } = await compileCell(cell);
  expect(JSON.parse(sourceMap)).toMatchObject({
    version: 3,
    sources: ['cell-8.ts'],
    sourcesContent: ['const é = "😀"'],
  });
  expect(javascript.trimEnd().endsWith('//# sourceURL=cell-8.ts')).toBe(true);
});
