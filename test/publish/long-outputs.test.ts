import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printBook } from 'inkwell/publish/book';
import { cutText, MOST_MARKUP, MOST_TEXT } from 'inkwell/publish/outputs/cut';

const CELL = { index: 3, id: 'loud' };

test('a short text stays as it is', () => {
  expect(cutText('a\nb\n', CELL)).toBe('a\nb\n');
});

test('a long one keeps whole lines of its beginning and end, and says where the rest is', () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `line ${i}`);
  const cut = cutText(lines.join('\n'), CELL);
  expect(cut.length).toBeLessThan(MOST_TEXT + 200);
  expect(cut.startsWith('line 0\nline 1\n')).toBe(true);
  expect(cut.endsWith('\nline 99999')).toBe(true);
  expect(cut).toMatch(
    /\n… \d+ kB left out here; the executed notebook has all of it, in cell 3 \(loud\) …\n/,
  );
  const kept = cut.split('\n').filter((line) => !line.startsWith('…'));
  expect(kept.every((line) => lines.includes(line))).toBe(true);
});

test('a line without end is cut as well', () => {
  expect(cutText('x'.repeat(5e6), CELL).length).toBeLessThan(MOST_TEXT + 200);
});

describe('a page with outputs of 20 MB', () => {
  const text = 'word '.repeat(4e6);
  const OUTPUTS: readonly (readonly [string, object])[] = [
    ['stream', { output_type: 'stream', name: 'stdout', text }],
    ['error', { output_type: 'error', ename: 'Error', evalue: 'x', traceback: [text] }],
    ...['text/plain', 'text/html', 'text/markdown', 'text/latex', 'image/svg+xml'].map(
      (type) => [type, { output_type: 'display_data', metadata: {}, data: { [type]: text } }] as const,
    ),
    ['application/json', { output_type: 'display_data', metadata: {}, data: { 'application/json': [text] } }],
  ];

  test.each(OUTPUTS)('%s', async (_, output) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-long-'));
    try {
      const file = path.join(folder, 'loud.ipynb');
      const cell = {
        cell_type: 'code',
        id: 'loud',
        metadata: {},
        source: 'x',
        execution_count: 1,
        outputs: [output],
      };
      writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
      const out = path.join(folder, 'book');
      await printBook({ chapters: [file], out, title: 'Loud', cache: false, strict: false });
      const page = path.join(out, 'loud.html');
      expect(statSync(page).size).toBeLessThan(MOST_MARKUP / 4);
      const words = readFileSync(page, 'utf8').replace(/<[^>]*>/g, '');
      expect(words).toContain('the executed notebook has all of it, in cell 1 (loud)');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
