import { briefTrace } from 'inkwell/publish/trace';

test('runs of package frames become one line; the reader’s own frames stay', () => {
  const trace = [
    'Error: shapes differ',
    '    at kernel (node_modules/a/b.js:1:2)',
    '    at node_modules/a/c.js:3:4',
    '    at processTicks (node:internal/process/task_queues:95:5)',
    '    at net (cell-9.ts:19:6)',
    '    at one (node_modules/a/b.js:1:2)',
    '    at cell-11.ts:2:1',
  ].join('\n');
  expect(briefTrace(trace)).toBe(
    [
      'Error: shapes differ',
      '    … 3 frames inside packages',
      '    at net (cell-9.ts:19:6)',
      '    at one (node_modules/a/b.js:1:2)',
      '    at cell-11.ts:2:1',
    ].join('\n'),
  );
});

test('what is no trace stays as it is', () => {
  for (const text of ['', 'one line', 'a\n\nat home in node_modules']) expect(briefTrace(text)).toBe(text);
});
