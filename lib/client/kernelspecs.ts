/**
 * Kernelspecs: which kernels there are and how each is started.
 *
 * The kernels that come with the book's own packages are known without any
 * registration; others are looked for where Jupyter looks
 * (https://jupyter-client.readthedocs.io/en/latest/kernels.html#kernel-specs).
 */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { InkwellError, messageOf } from '../core/errors';

export interface KernelSpec {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** The command; `{connection_file}` stands for the file's path. */
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly interruptMode: 'signal' | 'message';
}

/** The kernels that come with this package: its own, and stock tslab. */
export function bundledKernels(): KernelSpec[] {
  const tslab = path.join(path.dirname(require.resolve('tslab/package.json')), 'bin', 'tslab');
  const preload = path.join(__dirname, 'tslab-preload.js');
  const inkwell = path.join(__dirname, '..', '..', 'bin', 'kernel.js');
  return [
    {
      name: 'inkwell',
      displayName: 'TypeScript (Inkwell)',
      language: 'typescript',
      argv: [process.execPath, inkwell, '-f', '{connection_file}'],
      env: {},
      interruptMode: 'message',
    },
    {
      name: 'tslab',
      displayName: 'TypeScript (tslab)',
      language: 'typescript',
      argv: [process.execPath, '--require', preload, tslab, 'kernel', '--config-path', '{connection_file}'],
      env: {},
      interruptMode: 'signal',
    },
  ];
}

/** The folders in which Jupyter looks for `kernels/`, first found first used. */
export function jupyterPaths(env: NodeJS.ProcessEnv = process.env): string[] {
  const listed = (env['JUPYTER_PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const home = homedir();
  const user =
    env['JUPYTER_DATA_DIR'] ??
    (process.platform === 'win32'
      ? path.join(env['APPDATA'] ?? home, 'jupyter')
      : process.platform === 'darwin'
        ? path.join(home, 'Library', 'Jupyter')
        : path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'jupyter'));
  const prefixes = [env['VIRTUAL_ENV'], env['CONDA_PREFIX']].filter((prefix) => prefix !== undefined);
  const system =
    process.platform === 'win32'
      ? [path.join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  return [...listed, user, ...prefixes.map((prefix) => path.join(prefix, 'share', 'jupyter')), ...system];
}

async function readSpec(folder: string, name: string): Promise<KernelSpec | undefined> {
  const file = path.join(folder, 'kernel.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const spec = JSON.parse(text);
    return {
      name,
      displayName: spec.display_name,
      language: spec.language,
      argv: spec.argv.map((word: string) => word.replaceAll('{resource_dir}', folder)),
      env: spec.env ?? {},
      interruptMode: spec.interrupt_mode === 'message' ? 'message' : 'signal',
    };
  } catch (error) {
    throw new InkwellError('KERNEL_SPEC', `${file} is not a kernelspec: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Every kernel that can be started here, by name, bundled ones first. */
export async function listKernels(env: NodeJS.ProcessEnv = process.env): Promise<KernelSpec[]> {
  const found = new Map(bundledKernels().map((spec) => [spec.name, spec]));
  for (const folder of jupyterPaths(env)) {
    const kernels = path.join(folder, 'kernels');
    const names = await readdir(kernels).catch(() => []);
    for (const name of names.sort()) {
      const spec = found.has(name) ? undefined : await readSpec(path.join(kernels, name), name);
      if (spec !== undefined) found.set(name, spec);
    }
  }
  return [...found.values()];
}

/**
 * The kernel of a name.
 *
 * @throws InkwellError `KERNEL_UNKNOWN`, naming the kernels there are.
 */
export async function findKernel(name: string, env: NodeJS.ProcessEnv = process.env): Promise<KernelSpec> {
  const bundled = bundledKernels().find((spec) => spec.name === name);
  if (bundled !== undefined) return bundled;
  const all = await listKernels(env);
  const spec = all.find((candidate) => candidate.name === name);
  if (spec !== undefined) return spec;
  throw new InkwellError('KERNEL_UNKNOWN', `there is no kernel "${name}"`, {
    hint: `Kernels found: ${all.map((candidate) => candidate.name).join(', ')}.`,
  });
}
