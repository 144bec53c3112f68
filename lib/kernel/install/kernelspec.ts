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
import { packageFolder } from '../front/info';
import { kernelsFolder, type Place, searchFolders } from './folders';
import { logoPng, logoSvg } from './logo';

/** The kernelspec's name, as notebooks carry it. */
export const KERNEL_NAME = 'inkwell';

export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'message';
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: { readonly debugger: boolean };
}

export interface InstallOptions {
  /** Folder name of the spec; default `inkwell`. */
  readonly name?: string;
  /** Default `TypeScript (Inkwell)`. */
  readonly displayName?: string;
  /** Whether cells are checked before they run; default true. */
  readonly check?: boolean;
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

/** The kernelspec's content. */
export function kernelSpec({
  displayName = 'TypeScript (Inkwell)',
  check = true,
}: InstallOptions = {}): KernelSpec {
  const kernel = path.join(packageFolder(), 'bin', 'kernel.js');
  return {
    argv: [process.execPath, kernel, '-f', '{connection_file}', ...(check ? [] : ['--no-check'])],
    display_name: displayName,
    language: 'typescript',
    interrupt_mode: 'message',
    env: {},
    metadata: { debugger: true },
  };
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
  const kernels = kernelsFolder(place);
  const folder = path.join(kernels, name);
  let staging: string | undefined;
  try {
    mkdirSync(kernels, { recursive: true });
    staging = mkdtempSync(path.join(kernels, `.${name}-`));
    writeFileSync(path.join(staging, 'kernel.json'), `${JSON.stringify(kernelSpec(options), null, 2)}\n`);
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
  const folder = path.join(kernelsFolder(place), name);
  if (!existsSync(path.join(folder, 'kernel.json'))) return false;
  rmSync(folder, { recursive: true, force: true });
  return true;
}

/** The kernelspecs that start an Inkwell kernel, in the order in which Jupyter finds them. */
export function listKernels(folders: readonly string[] = searchFolders()): InstalledKernel[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.'))
      .flatMap((entry) => readInstalled(path.join(folder, entry.name), entry.name)),
  );
}

function readInstalled(folder: string, name: string): InstalledKernel[] {
  let spec: Partial<KernelSpec>;
  try {
    spec = JSON.parse(readFileSync(path.join(folder, 'kernel.json'), 'utf8')) as Partial<KernelSpec>;
  } catch {
    return [];
  }
  const argv = Array.isArray(spec.argv) ? spec.argv.map(String) : [];
  const script = argv.find((word) => word.endsWith(path.join('bin', 'kernel.js')));
  if (script === undefined || spec.language !== 'typescript') return [];
  const missing = argv.filter((word) => path.isAbsolute(word) && !existsSync(word));
  const ours = script === path.join(packageFolder(), 'bin', 'kernel.js');
  return [{ name, folder, displayName: String(spec.display_name ?? name), ours, missing }];
}
