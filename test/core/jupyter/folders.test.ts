import path from 'node:path';
import { kernelFolders, kernelsFolderOf, userFolder } from 'inkwell/core/jupyter/folders';

const shares = (folders: readonly string[]): string[] => folders.map((folder) => path.dirname(folder));
const list = (...folders: string[]): string => folders.join(path.delimiter);

test('what is listed comes first, then the user, then the system, each once', () => {
  const folders = kernelFolders({ JUPYTER_PATH: list('/a', '', '/b'), JUPYTER_DATA_DIR: '/a' });
  expect(shares(folders).slice(0, 2)).toEqual(['/a', '/b']);
  expect(new Set(folders).size).toBe(folders.length);
  expect(folders.every((folder) => path.basename(folder) === 'kernels')).toBe(true);
});

const share = (prefix: string): string => path.join(prefix, 'share', 'jupyter');

test.each([
  ['a virtual environment', { VIRTUAL_ENV: '/venv' }, [share('/venv'), '/user']],
  ['conda, an environment', { CONDA_PREFIX: '/c', CONDA_DEFAULT_ENV: 'x' }, [share('/c'), '/user']],
  ['conda, its base', { CONDA_PREFIX: '/c', CONDA_DEFAULT_ENV: 'base' }, ['/user', share('/c')]],
  ['told not to', { VIRTUAL_ENV: '/venv', JUPYTER_PREFER_ENV_PATH: 'no' }, ['/user', share('/venv')]],
  ['both', { VIRTUAL_ENV: '/venv', CONDA_PREFIX: '/c' }, [share('/venv'), share('/c'), '/user']],
])('environments and the user, as jupyter_core orders them: %s', (_which, env, expected) => {
  const found = shares(kernelFolders({ ...env, JUPYTER_DATA_DIR: '/user' }));
  expect(found.slice(0, expected.length)).toEqual(expected);
});

test('a variable that is set to nothing counts as unset', () => {
  expect(userFolder({ JUPYTER_DATA_DIR: '', XDG_DATA_HOME: '', APPDATA: '' })).toBe(userFolder({}));
});

test('places to install in', () => {
  expect(kernelsFolderOf({ kind: 'user' }, { JUPYTER_DATA_DIR: '/user' })).toBe(
    path.join('/user', 'kernels'),
  );
  expect(kernelsFolderOf({ kind: 'prefix', prefix: '/p' }, {})).toBe(path.join(share('/p'), 'kernels'));
  expect(kernelsFolderOf({ kind: 'sys-prefix' }, { VIRTUAL_ENV: '/venv' })).toBe(
    path.join(share('/venv'), 'kernels'),
  );
  expect(() => kernelsFolderOf({ kind: 'sys-prefix' }, {})).toThrow('activate one, or name it with --prefix');
});
