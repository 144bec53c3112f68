import type { CellDiagnostic } from 'inkwell/kernel/cells/diagnostics';
import { explainHabits } from 'inkwell/kernel/cells/habits';

const at = (line: number): CellDiagnostic => ({
  code: 2304,
  category: 'error',
  message: 'what the compiler says',
  line,
  column: 0,
  endLine: line,
  endColumn: 1,
});

test.each([
  ['%%javascript', 'leave the line out'],
  ['%%html', "display({ 'text/html'"],
  ['%matplotlib inline', 'plots show here without it'],
  ['%cd data', "process.chdir('data')"],
  ['%timeit f()', 'console.time'],
  ['%pip install numpy', 'npm install'],
  ['!pip install numpy', 'npm install'],
  ['%load_ext x', 'a magic of IPython'],
  ['!ls -l', "execSync('ls -l'"],
  ['Math.max?', '?Math.max'],
])('%s is told the way here', (code, way) => {
  const [first, ...others] = explainHabits([at(0), at(0)], code);
  expect(others).toEqual([]);
  expect(first?.message).toContain(way);
  expect(first).toMatchObject({ line: 0, column: 0, endColumn: code.length });
});

test('other errors stay as they are', () => {
  const diagnostics = [at(1)];
  expect(explainHabits(diagnostics, 'const a = 5\n% 2 + missing;')).toEqual([
    expect.objectContaining({ message: 'what the compiler says' }),
  ]);
  expect(explainHabits(diagnostics, '!ls\nmissing')).toEqual(diagnostics);
});
