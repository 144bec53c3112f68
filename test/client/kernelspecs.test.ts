import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findKernel, kernelFor, listKernels } from 'inkwell/client/kernelspecs';
import { inkwellKernel } from 'inkwell/core/jupyter/kernelspec';

let folder: string;
let env: { JUPYTER_PATH: string; JUPYTER_DATA_DIR: string };
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-kernelspecs-'));
  env = { JUPYTER_PATH: folder, JUPYTER_DATA_DIR: folder };
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, json: unknown): string {
  const own = path.join(folder, 'kernels', name);
  mkdirSync(own, { recursive: true });
  writeFileSync(path.join(own, 'kernel.json'), typeof json === 'string' ? json : JSON.stringify(json));
  return own;
}

const python = { argv: ['python', '{resource_dir}/main.py'], display_name: 'Python', language: 'python' };

test('the bundled kernels are known without registration', async () => {
  expect(await findKernel('inkwell', env)).toMatchObject({
    argv: inkwellKernel().argv,
    displayName: 'TypeScript (Inkwell)',
    interruptMode: 'message',
  });
  expect((await listKernels(env)).slice(0, 2).map(({ name }) => name)).toEqual(['inkwell', 'tslab']);
});

test('a registered kernel is found, its folder put in', async () => {
  const own = put('python9', python);
  expect(await findKernel('python9', env)).toEqual({
    name: 'python9',
    displayName: 'Python',
    language: 'python',
    argv: ['python', `${own}/main.py`],
    env: {},
    interruptMode: 'signal',
  });
});

describe('the kernel for a notebook', () => {
  const tslab = { kernelspec: { name: 'tslab', language: 'typescript' } };
  const jslab = { kernelspec: { name: 'jslab', language: 'javascript' } };

  test('is the one that it names, our own where it names none, or the one asked for', async () => {
    expect((await kernelFor(tslab, undefined, env)).name).toBe('tslab');
    expect(await kernelFor({}, undefined, env)).toMatchObject({ name: 'inkwell', env: {} });
    expect(await kernelFor(tslab, 'inkwell', env)).toMatchObject({
      name: 'inkwell',
      env: { INKWELL_CHECK: 'lax' },
    });
  });

  test('is our own, unchecked, for JavaScript whose kernel is not installed', async () => {
    expect(await kernelFor(jslab, undefined, env)).toMatchObject({
      name: 'inkwell',
      env: { INKWELL_CHECK: '0' },
    });
    put('jslab', { ...python, language: 'javascript' });
    expect(await kernelFor(jslab, undefined, env)).toMatchObject({ name: 'jslab', env: {} });
  });
});

test('a kernelspec that cannot be read is left out, and told of where it is asked for', async () => {
  put('python9', python);
  put('cut', '{"argv": [');
  put('empty', { ...python, argv: [] });
  const names = (await listKernels(env)).map(({ name }) => name);
  expect(names).toContain('python9');
  expect(names).not.toContain('cut');
  await expect(findKernel('cut', env)).rejects.toMatchObject({ code: 'KERNEL_SPEC' });
  await expect(findKernel('empty', env)).rejects.toThrow(
    /kernel\.json is not a kernelspec: argv must be a list of texts[\s\S]*Install that kernel again/,
  );
  await expect(findKernel('pythn9', env)).rejects.toThrow(/there is no kernel "pythn9"[\s\S]*python9/);
});
