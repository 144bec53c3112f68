import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pythonOf } from 'inkwell/cli/bench/python';

const before = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-python-'));
  process.env['INKWELL_CACHE'] = path.join(folder, 'cache');
  process.env['PATH'] = `${folder}${path.delimiter}/usr/bin${path.delimiter}/bin`;
});

afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

/** A python3 on the path whose `venv` makes a Python that does as the script says. */
function fakePython(script: string): void {
  const python = path.join(folder, 'python3');
  const made = '"$3/bin/python"';
  const lines = ['#!/bin/sh', 'mkdir -p "$3/bin"', `cat > ${made} <<'END'`, '#!/bin/sh', script, 'END'];
  writeFileSync(python, [...lines, `chmod +x ${made}`, ''].join('\n'));
  chmodSync(python, 0o755);
}

test('installs once, and again where it was cut off', async () => {
  const log = path.join(folder, 'log');
  fakePython(`echo "$@" >> "${log}"`);
  const left = path.join(folder, 'cache', 'bench', 'tensorflow');
  mkdirSync(left, { recursive: true });
  writeFileSync(path.join(left, 'half'), ''); // of an earlier try
  const python = await pythonOf('tensorflow');
  expect(python).toBe(path.join(left, 'bin', 'python'));
  expect(readdirSync(left).sort()).toEqual(['bin', 'ready']);
  rmSync(path.join(folder, 'python3'));
  expect(await pythonOf('tensorflow')).toBe(python);
});

test('what cannot be installed is named, and leaves nothing', async () => {
  fakePython('echo "No matching distribution found" >&2; exit 1');
  await expect(pythonOf('pytorch')).rejects.toMatchObject({
    code: 'BENCH_INSTALL',
    message: expect.stringMatching(
      /^pytorch cannot be installed for the bench: .*No matching distribution found\nIt comes by pip/s,
    ),
  });
  expect(readdirSync(path.join(folder, 'cache', 'bench'))).toEqual([]);
});
