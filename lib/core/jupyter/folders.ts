/**
 * Where Jupyter looks for kernels, and where one may be put ("Jupyter paths",
 * https://docs.jupyter.org/en/stable/use/jupyter-directories.html).
 */
import { homedir } from 'node:os';
import path from 'node:path';

/** The variables that say where Jupyter's folders are; `process.env` by default. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a kernelspec is to go. */
export type Place =
  | { readonly kind: 'user' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'sys-prefix' };

/** Jupyter's data folder of this user. */
export function userFolder(env: Environment = process.env): string {
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return path.join(env['APPDATA'] || homedir(), 'jupyter');
  return path.join(env['XDG_DATA_HOME'] || path.join(homedir(), '.local', 'share'), 'jupyter');
}

const shareOf = (prefix: string): string => path.join(prefix, 'share', 'jupyter');

/** The Python environments that are active, a virtual one before conda's. */
function activePrefixes(env: Environment): string[] {
  return [env['VIRTUAL_ENV'], env['CONDA_PREFIX']].flatMap((prefix) => (prefix ? [prefix] : []));
}

/** As jupyter_core: in an environment of its own, its kernels go before the user's; conda's base is none. */
function prefersEnvironment(env: Environment): boolean {
  const said = env['JUPYTER_PREFER_ENV_PATH'];
  if (said) return !['no', 'n', 'false', 'off', '0', '0.0'].includes(said.toLowerCase());
  return Boolean(env['VIRTUAL_ENV']) || (env['CONDA_DEFAULT_ENV'] ?? 'base') !== 'base';
}

function systemFolders(env: Environment): string[] {
  if (process.platform === 'win32') return [path.join(env['PROGRAMDATA'] || 'C:\\ProgramData', 'jupyter')];
  return [shareOf('/usr/local'), shareOf('/usr')];
}

/** The `kernels` folders that Jupyter searches, the first find wins; they need not be there. */
export function kernelFolders(env: Environment = process.env): string[] {
  const listed = (env['JUPYTER_PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const environments = activePrefixes(env).map(shareOf);
  const own = prefersEnvironment(env)
    ? [...environments, userFolder(env)]
    : [userFolder(env), ...environments];
  const folders = [...listed, ...own, ...systemFolders(env)];
  return [...new Set(folders)].map((folder) => path.join(folder, 'kernels'));
}

/** The `kernels` folder of a place. Throws RangeError for `sys-prefix` where no environment is active. */
export function kernelsFolderOf(place: Place, env: Environment = process.env): string {
  if (place.kind === 'user') return path.join(userFolder(env), 'kernels');
  const prefix = place.kind === 'prefix' ? place.prefix : activePrefixes(env)[0];
  if (prefix === undefined) {
    throw new RangeError(
      'install --sys-prefix: no Python environment is active (VIRTUAL_ENV, CONDA_PREFIX); activate one, or name it with --prefix',
    );
  }
  return path.join(shareOf(prefix), 'kernels');
}
