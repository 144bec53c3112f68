import { createTerminal, formatBytes, formatDuration, formatTable } from 'inkwell/cli/terminal';

function fakeStream(isTTY: boolean): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

test('numbers for people', () => {
  expect([0, 999, 1000, 273829956, 5e12].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '273.8 MB',
    '5000.0 GB',
  ]);
  expect(formatDuration(61_234)).toBe('61.2 s');
});

test('a table lines its columns up', () => {
  expect(
    formatTable([
      ['a', 'bb'],
      ['ccc', 'd'],
    ]),
  ).toBe('a     bb\n────────\nccc   d');
});

test('away from a terminal, progress prints a few plain lines', () => {
  const { stream, written } = fakeStream(false);
  const terminal = createTerminal(stream);
  for (let done = 0; done <= 1000; done++)
    terminal.progress({ label: 'file', done, total: 1000, unit: 'bytes' });
  expect(written.length).toBeLessThanOrEqual(5);
  expect(['\r', '\x1b'].filter((control) => written.join('').includes(control))).toEqual([]);
  expect(written.at(-1)).toBe('  file: 1.0 kB of 1.0 kB 100 %\n');
});

test('on a terminal, progress redraws one line that never wraps', () => {
  const { stream, written } = fakeStream(true);
  const terminal = createTerminal(stream);
  terminal.progress({ label: 'x'.repeat(100), done: 1, unit: 'steps' });
  terminal.note('done');
  expect(written[0]?.length).toBe(39);
  expect(written.slice(1)).toEqual(['\r\x1b[2K', 'done\n']);
});
