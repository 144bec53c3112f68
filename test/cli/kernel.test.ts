import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeOf } from 'inkwell/cli/commands/kernel';
import { type Ended, inkwell } from './inkwell';

let prefix: string;
beforeEach(() => {
  prefix = mkdtempSync(path.join(tmpdir(), 'inkwell-prefix-'));
});
afterEach(() => rmSync(prefix, { recursive: true }));

function kernel(...words: string[]): Ended {
  const env = { JUPYTER_PATH: path.join(prefix, 'share', 'jupyter'), JUPYTER_DATA_DIR: prefix };
  return inkwell(['kernel', ...words], { env });
}

test('install, list and uninstall in a prefix', () => {
  expect(kernel('list').stdout).toContain('None is installed');
  expect(kernel('install', '--prefix', prefix)).toMatchObject({ status: 0, stderr: '' });
  const file = path.join(prefix, 'share', 'jupyter', 'kernels', 'inkwell', 'kernel.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    language: 'typescript',
    interrupt_mode: 'message',
  });
  expect(JSON.parse(kernel('list', '--json').stdout)).toMatchObject([
    { name: 'inkwell', ours: true, missing: [] },
  ]);
  expect(kernel('uninstall', '--prefix', prefix).status).toBe(0);
  expect(existsSync(file)).toBe(false);
  const again = kernel('uninstall', '--prefix', prefix);
  expect([again.status, again.stderr]).toEqual([
    1,
    expect.stringContaining('there is no kernelspec "inkwell"'),
  ]);
});

test('one place at most', () => {
  expect(placeOf({})).toEqual({ kind: 'user' });
  expect(placeOf({ sysPrefix: true })).toEqual({ kind: 'sys-prefix' });
  expect(() => placeOf({ user: true, prefix: 'x' })).toThrow(
    'choose one of --user, --prefix and --sys-prefix',
  );
});
