import { existsSync } from 'node:fs';
import { findKernel, kernelFor } from 'inkwell/client/kernelspecs';
import { projectRoot } from 'inkwell/core/paths';
import { type CodeCell, codeCells, type Notebook, type Output } from 'inkwell/notebook/format';
import { type ExecuteNotebookOptions, executeNotebook } from 'inkwell/runner/execute';

const code = (id: string, source: string, tags: string[] = []): CodeCell => ({
  cell_type: 'code',
  id,
  metadata: tags.length > 0 ? { tags } : {},
  source,
  execution_count: 7,
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'of an earlier run' }],
});

/** Code that waits for so long that a run which waited for it would not end. */
const anHour = 'await new Promise((resolve) => setTimeout(resolve, 3.6e6));';

const notebook = (...cells: CodeCell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells,
});

async function run(
  book: Notebook,
  options: Partial<ExecuteNotebookOptions> = {},
): ReturnType<typeof executeNotebook> {
  return executeNotebook(book, {
    kernel: await findKernel('tslab'),
    path: `${projectRoot()}/notebooks/sample.ipynb`,
    profile: 'quick',
    // On a busy machine tslab takes its time.
    interruptGraceMs: 120_000,
    ...options,
  });
}

const outputsOf = (book: Notebook, number: number): readonly Output[] =>
  codeCells(book)[number - 1]?.outputs ?? [];

const text = (book: Notebook, number: number): string =>
  outputsOf(book, number)
    .map((output) => ('text' in output ? output.text : ''))
    .join('');

describe('executeNotebook on stock tslab', () => {
  test('runs the cells in order on one kernel and leaves the original alone', async () => {
    const original = notebook(
      code('a', 'let epochs = 1;', ['parameters']),
      code('b', 'console.log(epochs, process.env.INKWELL_PROFILE);'),
      code('c', 'console.error("seen"); throw new RangeError("on purpose");', ['raises-exception']),
      code('d', 'throw new Error("never run");', ['skip-execution']),
      code('e', 'console.log("after the error");'),
    );
    const before = structuredClone(original);
    const ended: string[] = [];
    const executed = await run(original, {
      parameters: { epochs: 5 },
      profile: 'full',
      onCellEnd: (cell) => ended.push(`${cell.number} ${cell.verdict}`),
    });
    expect(original).toEqual(before);
    expect(executed.report.verdict).toBe('passed');
    expect(ended).toEqual(
      ['1 passed', '2 passed', '3 passed', '4 passed', '5 skipped', '6 passed'].map((line) => line),
    );
    expect(executed.notebook.cells[1]).toMatchObject({
      source: 'epochs = 5;',
      metadata: { tags: ['injected-parameters'] },
    });
    expect(text(executed.notebook, 3)).toBe('5 full\n');
    expect(text(executed.notebook, 4)).toContain('seen');
    expect(text(executed.notebook, 4)).toContain('on purpose');
    expect(text(executed.notebook, 5)).toBe('');
    expect(text(executed.notebook, 6)).toBe('after the error\n');
  });

  test('a failing cell is named, carries its error, and the cells after it do not run', async () => {
    const { report, notebook: executed } = await run(
      notebook(
        code('a', '// a comment\nconst x = 1;'),
        code('b', '(null as any).toString();'),
        code('c', 'console.log(1)'),
      ),
    );
    expect(report.verdict).toBe('failed');
    expect(report.cells.map((cell) => cell.verdict)).toEqual(['passed', 'failed', 'not run']);
    expect(report.cells[0]?.firstLine).toBe('const x = 1;');
    expect(report.cells[1]?.error?.name).toBe('TypeError');
    expect(report.cells[1]?.error?.message).toContain("reading 'toString'");
    expect(outputsOf(executed, 2).at(-1)?.output_type).toBe('error');
    expect(outputsOf(executed, 3)).toEqual([]);
  });

  test('a cell is not begun where the run is given up already, and ends where it is given up meanwhile', async () => {
    const endless = code('a', anHour);
    const before = await run(notebook(endless), { signal: AbortSignal.abort() });
    expect(before.report.cells.map((cell) => cell.verdict)).toEqual(['not run']);
    const giveUp = new AbortController();
    const meanwhile = await run(notebook(endless, code('b', '1')), {
      kernel: await findKernel('inkwell'),
      signal: giveUp.signal,
      onCell: () => setTimeout(() => giveUp.abort(), 100),
    });
    expect(meanwhile.report.cells.map((cell) => cell.verdict)).toEqual(['failed', 'not run']);
  });

  test('a cell that outlives its time limit fails with it', async () => {
    const cell = code('a', anHour);
    cell.metadata = { execution: { timeout: 0.3 } };
    const { report } = await run(notebook(cell));
    expect(report.cells[0]?.error).toEqual({ name: 'Timeout', message: 'the cell took longer than 0.3 s' });
  });

  test('a kernel that dies is noticed at once, with its exit status', async () => {
    const { report } = await run(notebook(code('a', 'process.exit(3)'), code('b', '1')));
    expect(report.cells[0]?.error?.name).toBe('KERNEL_DIED');
    expect(report.cells[0]?.error?.message).toContain('exited with status 3 while it ran this cell');
    expect(report.cells[1]?.verdict).toBe('not run');
  });

  test('5,000 lines from one cell arrive complete and in order, and so does the end of the cell', async () => {
    const { notebook: executed, report } = await run(
      notebook(code('a', 'for (let i = 0; i < 5000; i++) console.log("line " + i);')),
    );
    expect(text(executed, 1)).toBe(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
    expect(report.cells[0]?.warning).toBeUndefined();
  });

  test('a cell tagged raises-exception that raises none fails', async () => {
    const { report } = await run(notebook(code('a', '1', ['raises-exception'])));
    expect(report.cells[0]?.error?.name).toBe('NoException');
  });

  test('engine, data sets and claims are asked for after the last cell', async () => {
    const { report } = await run(
      notebook(code('a', "import { claim } from 'inkwell/core/claim';\nclaim('1 < 2', 1 < 2);", [])),
    );
    expect(report.cells[0]?.error).toBeUndefined();
    expect(report.facts?.claims).toEqual(['1 < 2']);
  });

  test('an unknown parameter is refused before any kernel starts', async () => {
    await expect(
      run(notebook(code('a', 'let a = 1;', ['parameters'])), { parameters: { b: 2 } }),
    ).rejects.toThrow(/no parameter b\nIts parameters: a\./);
  });
});

test('a notebook for tslab runs on our kernel with laxer types, one for JavaScript with none', async () => {
  const lax = 'const obj = { x: null }; console.log(obj?.x?.z);';
  const loose = 'let value = 1; value = "text"; console.log(value.length);';
  for (const [name, language, source, printed] of [
    ['tslab', 'typescript', lax, 'undefined'],
    ['jslab', 'javascript', loose, '4'],
  ] as const) {
    const written = { kernelspec: { name, language } };
    const kernel = await kernelFor(written, 'inkwell', {});
    const { report, notebook: executed } = await run(notebook(code('a', source)), { kernel });
    expect([name, report.verdict, text(executed, 1).trim()]).toEqual([name, 'passed', printed]);
  }
  const strict = await kernelFor({}, 'inkwell', {});
  expect((await run(notebook(code('a', loose)), { kernel: strict })).report.verdict).toBe('failed');
});

test('no kernel or connection file is left behind', async () => {
  const { Kernel } = await import('inkwell/client/kernel');
  const kernel = await Kernel.start(await findKernel('tslab'), { directory: projectRoot() });
  const pid = kernel.pid;
  await kernel.shutdown();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

test('an unknown kernel names those there are', async () => {
  await expect(findKernel('fortran')).rejects.toThrow(/no kernel "fortran"\nKernels found: inkwell, tslab/);
});

test('a kernel that cannot start says why', async () => {
  const kernel = {
    ...(await findKernel('tslab')),
    argv: [process.execPath, '-e', 'console.error("no luck"); process.exit(4)'],
  };
  await expect(run(notebook(code('a', '1')), { kernel })).rejects.toThrow(
    /exited with status 4 .*\nno luck/s,
  );
});
