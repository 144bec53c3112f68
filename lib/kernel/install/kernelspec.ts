/**
 * The kernelspec `inkwell`: installed, listed, removed. It names the Node
 * that installed it and this package's kernel, so that it starts wherever the
 * client runs; installing it again after the project moved puts that right.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { codeOf, InkwellError } from '../../core/errors';
import { kernelFolders, kernelsFolderOf, type Place } from '../../core/jupyter/folders';
import {
  type InkwellKernelOptions,
  inkwellKernel,
  KERNEL_NAME,
  type KernelJson,
  kernelScript,
} from '../../core/jupyter/kernelspec';
import { logoPng, logoSvg } from './logo';

export interface InstallOptions extends InkwellKernelOptions {
  /** Folder name of the spec; default `inkwell`. */
  readonly name?: string;
}

/** A kernelspec that was found. */
export interface InstalledKernel {
  readonly name: string;
  readonly folder: string;
  readonly displayName: string;
  /** Whether it starts this very package. */
  readonly ours: boolean;
  /** Files that it names and that are not there. */
  readonly missing: readonly string[];
}

/**
 * Installs the kernelspec and returns its folder; one of that name is replaced.
 *
 * Errors: RangeError for a name or a place that cannot be; InkwellError `KERNEL_INSTALL` where the folder cannot be written.
 */
export function installKernel(place: Place, options: InstallOptions = {}): string {
  const { name = KERNEL_NAME } = options;
  if (!/^[a-z0-9._-]+$/i.test(name)) {
    throw new RangeError(
      `installKernel: a kernel's name is letters, digits, . _ and -, got ${JSON.stringify(name)}`,
    );
  }
  const kernels = kernelsFolderOf(place);
  const folder = path.join(kernels, name);
  let staging: string | undefined;
  try {
    mkdirSync(kernels, { recursive: true });
    staging = mkdtempSync(path.join(kernels, `.${name}-`));
    writeFileSync(path.join(staging, 'kernel.json'), `${JSON.stringify(inkwellKernel(options), null, 2)}\n`);
    writeFileSync(path.join(staging, 'logo-svg.svg'), logoSvg());
    for (const side of [32, 64]) writeFileSync(path.join(staging, `logo-${side}x${side}.png`), logoPng(side));
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
    return folder;
  } catch (cause) {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
    throw new InkwellError(
      'KERNEL_INSTALL',
      `the kernel cannot be installed in ${folder}: ${codeOf(cause) ?? cause}`,
      {
        hint: 'Choose a folder that you may write: --user, --prefix FOLDER, or --sys-prefix inside a virtual environment.',
        cause,
      },
    );
  }
}

/** Removes the kernelspec from a place. False where it was not there. */
export function uninstallKernel(
  place: Place,
  { name = KERNEL_NAME }: Pick<InstallOptions, 'name'> = {},
): boolean {
  const folder = path.join(kernelsFolderOf(place), name);
  if (!existsSync(path.join(folder, 'kernel.json'))) return false;
  rmSync(folder, { recursive: true, force: true });
  return true;
}

/** The kernelspecs that start an Inkwell kernel, in the order in which Jupyter finds them. */
export function listKernels(folders: readonly string[] = kernelFolders()): InstalledKernel[] {
  return folders.flatMap((folder) =>
    namesIn(folder).flatMap((name) => readInstalled(path.join(folder, name), name)),
  );
}

/** What is in a folder, hidden entries aside; nothing where there is no such folder. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => !name.startsWith('.'));
}

function readInstalled(folder: string, name: string): InstalledKernel[] {
  let spec: Partial<KernelJson>;
  try {
    spec = JSON.parse(readFileSync(path.join(folder, 'kernel.json'), 'utf8')) as Partial<KernelJson>;
  } catch {
    return [];
  }
  const argv = Array.isArray(spec.argv) ? spec.argv.map(String) : [];
  const script = argv.find((word) => word.endsWith(path.join('bin', 'kernel.js')));
  if (script === undefined || spec.language !== 'typescript') return [];
  const missing = argv.filter((word) => path.isAbsolute(word) && !existsSync(word));
  const ours = script === kernelScript();
  return [{ name, folder, displayName: String(spec.display_name ?? name), ours, missing }];
}
