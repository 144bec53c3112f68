/** `inkwell kernel`: registers the book's own TypeScript kernel with Jupyter, removes it, lists what is there. */
import { InkwellError } from '../../core/errors';
import type { Place } from '../../core/jupyter/folders';
import { installKernel, listKernels, uninstallKernel } from '../../kernel/install/kernelspec';
import { formatTable } from '../terminal';

/** Where to install, as the command line gives it; at most one. */
export interface PlaceFlags {
  readonly user?: boolean;
  readonly prefix?: string;
  readonly sysPrefix?: boolean;
}

/**
 * The place that the flags name; the user's own folder where they name none.
 *
 * @throws RangeError where they name more than one.
 */
export function placeOf({ user, prefix, sysPrefix }: PlaceFlags): Place {
  if ([user, prefix !== undefined, sysPrefix].filter(Boolean).length > 1) {
    throw new RangeError('choose one of --user, --prefix and --sys-prefix');
  }
  if (prefix !== undefined) return { kind: 'prefix', prefix };
  return { kind: sysPrefix ? 'sys-prefix' : 'user' };
}

/** Installs the kernelspec; returns the exit status. */
export function install(flags: PlaceFlags & { readonly check?: boolean }): number {
  const folder = installKernel(placeOf(flags), { check: flags.check !== false });
  process.stdout.write(`Installed: ${folder}\n`);
  return 0;
}

/** Removes the kernelspec; returns the exit status, an error where there is none. */
export function uninstall(flags: PlaceFlags): number {
  if (!uninstallKernel(placeOf(flags))) {
    throw new InkwellError('KERNEL_NOT_INSTALLED', 'there is no kernelspec "inkwell" in that place', {
      hint: '`inkwell kernel list` shows where there is one.',
    });
  }
  process.stdout.write('Removed.\n');
  return 0;
}

/** Lists the kernelspecs that start an Inkwell kernel; returns the exit status, 1 where one is broken. */
export function list(flags: { readonly json?: boolean }): number {
  const kernels = listKernels();
  if (flags.json) process.stdout.write(`${JSON.stringify(kernels, null, 2)}\n`);
  else if (kernels.length === 0)
    process.stdout.write('None is installed; `inkwell kernel install` installs it.\n');
  else {
    const rows = kernels.map(({ name, folder, ours, missing }) => [
      name,
      folder,
      missing.length > 0 ? `broken: ${missing.join(', ')} is gone` : ours ? 'this clone' : 'another clone',
    ]);
    process.stdout.write(`${formatTable([['name', 'folder', 'starts'], ...rows])}\n`);
  }
  return kernels.some(({ missing }) => missing.length > 0) ? 1 : 0;
}
