/**
 * Where Jupyter looks for kernels ("Jupyter paths" in jupyter_core's
 * documentation).
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where a kernelspec is to go, or is looked for. */
export type Place =
  | { readonly kind: 'user' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'sys-prefix' };

/** Jupyter's data folder of this user. */
export function userFolder(): string {
  const { env } = process;
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return path.join(env['APPDATA'] ?? homedir(), 'jupyter');
  return path.join(env['XDG_DATA_HOME'] || path.join(homedir(), '.local', 'share'), 'jupyter');
}

/** The Python environment that is active: a virtual environment or conda's; undefined where none is. */
export function systemPrefix(): string | undefined {
  return process.env['VIRTUAL_ENV'] || process.env['CONDA_PREFIX'] || undefined;
}

/** The `kernels` folder of a place. Throws RangeError for `sys-prefix` where no environment is active. */
export function kernelsFolder(place: Place): string {
  if (place.kind === 'user') return path.join(userFolder(), 'kernels');
  const prefix = place.kind === 'prefix' ? place.prefix : systemPrefix();
  if (prefix === undefined) {
    throw new RangeError(
      'install --sys-prefix: no Python environment is active (VIRTUAL_ENV, CONDA_PREFIX); activate one, or name it with --prefix',
    );
  }
  return path.join(prefix, 'share', 'jupyter', 'kernels');
}

/** Every folder that Jupyter searches, first wins; only those that are there. */
export function searchFolders(): string[] {
  const named = (process.env['JUPYTER_PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const prefix = systemPrefix();
  const data = [
    ...named,
    userFolder(),
    ...(prefix === undefined ? [] : [path.join(prefix, 'share', 'jupyter')]),
    ...(process.platform === 'win32' ? [] : ['/usr/local/share/jupyter', '/usr/share/jupyter']),
  ];
  return data.map((folder) => path.join(folder, 'kernels')).filter((folder) => existsSync(folder));
}
