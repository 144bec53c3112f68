/**
 * The public suites against our kernel: jupyter_kernel_test (every test, its
 * iopub-welcome class too), and nbclient and papermill running a notebook. They
 * are Python's: a virtual environment with pinned versions is made once, in
 * the cache.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheRoot } from 'inkwell/core/paths';
import { installKernel } from 'inkwell/kernel/install/kernelspec';

const REQUIREMENTS = [
  'jupyter_kernel_test==0.7.0',
  'jupyter_client==8.10.0',
  'nbclient==0.11.0',
  'papermill==2.7.0',
];

let python: string;
let folder: string;

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 300_000,
  });
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(' ')}: ${error?.message ?? `status ${status}`}\n${stdout}\n${stderr}`,
    );
  return stdout + stderr;
}

/** The interpreter of an environment that has the suites; made where it is not there. */
function preparePython(): string {
  const home = path.join(cacheRoot(), 'kernel-conformance');
  const stamp = path.join(home, 'requirements.txt');
  const interpreter = path.join(home, 'bin', 'python');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === REQUIREMENTS.join('\n')) return interpreter;
  if (spawnSync('python3', ['-c', 'import venv, ensurepip']).status !== 0) {
    throw new Error(
      'the conformance tests need Python 3.9 or newer with venv and pip (Debian, Ubuntu: apt-get install python3-venv)',
    );
  }
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  run('python3', ['-m', 'venv', home]);
  run(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...REQUIREMENTS]);
  writeFileSync(`${stamp}.tmp`, REQUIREMENTS.join('\n'));
  renameSync(`${stamp}.tmp`, stamp);
  return interpreter;
}

beforeAll(() => {
  python = preparePython();
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-conformance-'));
  installKernel({ kind: 'prefix', prefix: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const jupyter = (): Record<string, string> => ({ JUPYTER_PATH: path.join(folder, 'share', 'jupyter') });

const SUITE = `
import unittest
import jupyter_kernel_test as jkt

class InkwellTests(jkt.KernelTests):
    kernel_name = "inkwell"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "Number.isI", "matches": {"isInteger"}},
    ]
    complete_code_samples = ["1", "const x = 1", "function f(): number {\\n  return 1;\\n}\\n"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "\`abc", "if (true) {"]
    invalid_code_samples = ["const = 1;", "x y"]
    code_page_something = "?Math.max"
    code_generate_error = "throw new Error('x')"
    code_execute_result = [{"code": "6*7", "result": "42"}, {"code": "'a' + 'b'", "result": "'ab'"}]
    code_display_data = [
        {"code": "display({[Symbol.for('Jupyter.display')]: () => ({'text/html': '<b>x</b>'})})", "mime": "text/html"},
        {"code": "import * as tslab from 'tslab'; tslab.display.png(new Uint8Array([1]))", "mime": "image/png"},
    ]
    code_history_pattern = "6?7*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"

class WelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "inkwell"
    support_iopub_welcome = True

unittest.main(argv=["suite", "-v"])
`;

test('jupyter_kernel_test passes whole, nothing skipped', () => {
  const report = run(python, ['-c', SUITE], jupyter());
  expect(report).toMatch(/Ran 13 tests/);
  expect(report).toMatch(/\nOK\s*$/);
  expect(report).not.toMatch(/skipped|FAIL|ERROR/);
});

const cell = (source: string, tags: readonly string[] = []): object => ({
  cell_type: 'code',
  id: `c${Math.abs(Buffer.from(source).readInt16LE(0))}${source.length}`,
  source,
  metadata: { tags },
  outputs: [],
  execution_count: null,
});

function writeNotebook(name: string, cells: readonly object[]): string {
  const file = path.join(folder, name);
  const kernelspec = { name: 'inkwell', display_name: 'TypeScript (Inkwell)', language: 'typescript' };
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }));
  return file;
}

test('nbclient runs a notebook on it, past a cell that is meant to fail', () => {
  const file = writeNotebook('n.ipynb', [
    cell('const a: number = 20;'),
    cell('throw new Error("meant")', ['raises-exception']),
    cell('for (let i = 0; i < 1000; i++) console.log(i);'),
    cell('a + 22'),
  ]);
  const script = `
import nbformat, sys
from nbclient import NotebookClient
nb = nbformat.read(sys.argv[1], 4)
NotebookClient(nb, timeout=60).execute()
print(nb.cells[1].outputs[0].ename, len("".join(o.text for o in nb.cells[2].outputs).split()), nb.cells[3].outputs[0].data["text/plain"])
`;
  expect(run(python, ['-c', script, file], jupyter())).toContain('Error 1000 42');
});

test('papermill runs a notebook on it', () => {
  const file = writeNotebook('p.ipynb', [cell('const n = 21;'), cell('n * 2')]);
  const out = path.join(folder, 'out.ipynb');
  run(python, ['-m', 'papermill', '--no-progress-bar', file, out], jupyter());
  const { cells } = JSON.parse(readFileSync(out, 'utf8')) as {
    cells: Array<{ outputs: Array<{ data: unknown }> }>;
  };
  expect(cells[1]?.outputs[0]?.data).toEqual({ 'text/plain': ['42'] });
});
