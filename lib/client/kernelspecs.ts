/**
 * Kernelspecs: which kernels there are and how each is started.
 *
 * The kernels that come with the book's own packages are known without any
 * registration; others are looked for where Jupyter looks
 * (https://jupyter-client.readthedocs.io/en/latest/kernels.html#kernel-specs).
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError, messageOf } from '../core/errors';
import { parseJson } from '../core/json-file';
import { checkingEnvironment, type WrittenFor } from '../core/jupyter/checking';
import { type Environment, kernelFolders } from '../core/jupyter/folders';
import { inkwellKernel, KERNEL_NAME, type KernelJson } from '../core/jupyter/kernelspec';
import { packageFolder } from '../core/paths';

export interface KernelSpec {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** The command; `{connection_file}` stands for the file's path. */
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly interruptMode: 'signal' | 'message';
}

function fromJson(name: string, folder: string, json: KernelJson): KernelSpec {
  return {
    name,
    displayName: json.display_name,
    language: json.language,
    argv: json.argv.map((word) => word.replaceAll('{resource_dir}', folder)),
    env: json.env ?? {},
    interruptMode: json.interrupt_mode === 'message' ? 'message' : 'signal',
  };
}

/** The kernelspec of stock tslab, started so that its output arrives (see `tslab-preload.ts`). */
export function tslabKernel(): KernelJson {
  const tslab = path.join(path.dirname(require.resolve('tslab/package.json')), 'bin', 'tslab');
  const preload = path.join(__dirname, 'tslab-preload.js');
  return {
    argv: [process.execPath, '--require', preload, tslab, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript (tslab)',
    language: 'typescript',
    interrupt_mode: 'signal',
    env: {},
  };
}

/** The kernels that come with this package: its own, and stock tslab. */
function bundledKernels(): KernelSpec[] {
  return [
    fromJson(KERNEL_NAME, packageFolder(), inkwellKernel()),
    fromJson('tslab', packageFolder(), tslabKernel()),
  ];
}

/** The kernelspec in a folder; undefined where there is none. Errors: InkwellError `KERNEL_SPEC`. */
async function readSpec(folder: string, name: string): Promise<KernelSpec | undefined> {
  const file = path.join(folder, 'kernel.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return fromJson(name, folder, checkJson(parseJson(text) as Partial<KernelJson> | null));
  } catch (cause) {
    throw new InkwellError('KERNEL_SPEC', `${file} is not a kernelspec: ${messageOf(cause)}`, {
      hint: `Install that kernel again, or remove it: delete ${folder}.`,
      cause,
    });
  }
}

function checkJson(value: Partial<KernelJson> | null): KernelJson {
  const { argv, display_name: displayName, language } = value ?? {};
  if (!Array.isArray(argv) || argv.length === 0 || argv.some((word) => typeof word !== 'string')) {
    throw new TypeError('argv must be a list of texts, the command');
  }
  if (typeof displayName !== 'string' || typeof language !== 'string') {
    throw new TypeError('display_name and language must be texts');
  }
  return value as KernelJson;
}

/**
 * Every kernel that can be started here, by name, bundled ones first; a
 * kernelspec that cannot be read is left out.
 *
 * @param env where Jupyter's folders are; default `process.env`.
 */
export async function listKernels(env: Environment = process.env): Promise<KernelSpec[]> {
  const found = new Map(bundledKernels().map((spec) => [spec.name, spec]));
  for (const kernels of kernelFolders(env)) {
    const names = await readdir(kernels).catch(() => []);
    for (const name of names.sort()) {
      if (found.has(name)) continue;
      const spec = await readSpec(path.join(kernels, name), name).catch(() => undefined);
      if (spec !== undefined) found.set(name, spec);
    }
  }
  return [...found.values()];
}

/** Names of kernels for JavaScript whose notebooks run on our own, unchecked, where those are not installed. */
const JAVASCRIPT = ['jslab', 'javascript'];

/**
 * The kernel for a notebook: the one asked for, else the one that the notebook
 * names, else our own; told how strictly the notebook was meant to be checked.
 *
 * @param asked a kernel's name; it wins over the notebook's.
 * @throws InkwellError as `findKernel`.
 */
export async function kernelFor(
  metadata: WrittenFor,
  asked: string | undefined,
  env: Environment = process.env,
): Promise<KernelSpec> {
  const name = asked ?? metadata.kernelspec?.name ?? KERNEL_NAME;
  const spec = JAVASCRIPT.includes(name)
    ? await findKernel(name, env).catch(() => findKernel(KERNEL_NAME, env))
    : await findKernel(name, env);
  if (spec.name !== KERNEL_NAME) return spec;
  return { ...spec, env: { ...spec.env, ...checkingEnvironment(metadata, env) } };
}

/**
 * The kernel of a name.
 *
 * @param env where Jupyter's folders are; default `process.env`.
 * @throws InkwellError `KERNEL_UNKNOWN`, naming the kernels there are; `KERNEL_SPEC` where its
 *   kernelspec cannot be read.
 */
export async function findKernel(name: string, env: Environment = process.env): Promise<KernelSpec> {
  const bundled = bundledKernels().find((spec) => spec.name === name);
  if (bundled !== undefined) return bundled;
  for (const kernels of kernelFolders(env)) {
    const spec = await readSpec(path.join(kernels, name), name);
    if (spec !== undefined) return spec;
  }
  const names = (await listKernels(env)).map((spec) => spec.name);
  throw new InkwellError('KERNEL_UNKNOWN', `there is no kernel "${name}"`, {
    hint: `Kernels found: ${names.join(', ')}.`,
  });
}
