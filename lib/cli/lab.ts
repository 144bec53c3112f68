/**
 * `inkwell lab`: the notebooks in JupyterLab, with everything in the project's
 * own `.lab/` folder: a Python environment made on first use, the kernels'
 * registration, Jupyter's settings and run-time files. Nothing else on the
 * machine is touched; deleting the folder undoes it all.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tslabKernel } from '../client/kernelspecs';
import { InkwellError } from '../core/errors';
import { projectRoot } from '../core/paths';
import { installKernel } from '../kernel/install/kernelspec';
import type { Terminal } from './terminal';

/** JupyterLab, and Plotly's Python package for the JupyterLab extension inside it that draws the book's plots. */
const REQUIREMENTS: readonly string[] = ['jupyterlab==4.6.6', 'plotly==7.1.0'];

/** Python 3.9 is the oldest that JupyterLab 4 runs on. */
const PYTHONS: readonly string[] = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];

interface LabFolders {
  readonly root: string;
  readonly venv: string;
  readonly stamp: string;
}

function foldersOf(root: string): LabFolders {
  return { root, venv: path.join(root, 'venv'), stamp: path.join(root, 'venv', 'inkwell-stamp') };
}

/** The environment that keeps every file of Jupyter inside the folder. */
function labEnvironment(root: string): { readonly [name: string]: string } {
  return {
    JUPYTER_PATH: path.join(root, 'share', 'jupyter'),
    JUPYTER_DATA_DIR: path.join(root, 'share', 'jupyter'),
    JUPYTER_CONFIG_DIR: path.join(root, 'config'),
    JUPYTER_RUNTIME_DIR: path.join(root, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: path.join(root, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: path.join(root, 'workspaces'),
    IPYTHONDIR: path.join(root, 'ipython'),
    JUPYTER_PLATFORM_DIRS: '0',
  };
}

/**
 * A Python that can make a virtual environment.
 *
 * @throws InkwellError `PYTHON_MISSING`, saying what to install.
 */
export function findPython(candidates: readonly string[] = PYTHONS): string {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';
  const found = candidates.find((python) => spawnSync(python, ['-c', check]).status === 0);
  if (found !== undefined) return found;
  throw new InkwellError(
    'PYTHON_MISSING',
    'JupyterLab needs Python 3.9 or newer with venv and pip; none was found',
    {
      hint:
        'Install Python (python.org; on Debian and Ubuntu: apt-get install python3-venv) and run this again. ' +
        'Without Python, `npm start` still runs and prints the book, and VS Code opens the notebooks.',
    },
  );
}

function runToEnd(command: string, words: readonly string[], what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve();
      else
        reject(new InkwellError('LAB_SETUP', `${what} failed (status ${status}); its output stands above`));
    });
  });
}

const binary = (venv: string, name: string): string =>
  process.platform === 'win32' ? path.join(venv, 'Scripts', `${name}.exe`) : path.join(venv, 'bin', name);

/** Makes the Python environment unless it is whole; the stamp is written last, so half a one is never used. */
async function prepareVenv({ venv, stamp }: LabFolders, terminal: Terminal): Promise<void> {
  const wanted = createHash('sha256')
    .update(`${venv}\nquiet\n${REQUIREMENTS.join('\n')}`)
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  const python = findPython();
  terminal.note('Making a Python environment for JupyterLab (first use) …');
  await rm(venv, { recursive: true, force: true });
  await runToEnd(python, ['-m', 'venv', venv], 'making a virtual environment');
  await runToEnd(
    binary(venv, 'python'),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...REQUIREMENTS],
    'installing JupyterLab',
  );
  await silence(venv);
  await writeFile(stamp, wanted);
}

/** JupyterLab otherwise asks for news, and for updates that the pinned versions do not want. */
async function silence(venv: string): Promise<void> {
  const settings = path.join(venv, 'share', 'jupyter', 'lab', 'settings');
  const overrides = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  };
  await mkdir(settings, { recursive: true });
  await writeFile(path.join(settings, 'overrides.json'), `${JSON.stringify(overrides, null, 2)}\n`);
}

/** Registers the book's kernels below the folder, anew each time: the clone may have moved. */
async function registerKernels({ root }: LabFolders): Promise<void> {
  installKernel({ kind: 'prefix', prefix: root });
  const folder = path.join(root, 'share', 'jupyter', 'kernels', 'tslab');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'kernel.json'), `${JSON.stringify(tslabKernel(), null, 2)}\n`);
}

/** Starts JupyterLab on the notebooks; further words go to `jupyter lab` as they are. */
export async function startLab(words: readonly string[], terminal: Terminal): Promise<ChildProcess> {
  const project = projectRoot();
  const folders = foldersOf(path.join(project, '.lab'));
  await prepareVenv(folders, terminal);
  await registerKernels(folders);
  const asRoot = process.getuid?.() === 0 && !words.includes('--allow-root') ? ['--allow-root'] : [];
  const lab = binary(folders.venv, 'jupyter-lab');
  if (!existsSync(lab))
    throw new InkwellError('LAB_SETUP', `there is no ${lab}`, { hint: 'Delete .lab/ and try again.' });
  return spawn(lab, [`--notebook-dir=${path.join(project, 'notebooks')}`, ...asRoot, ...words], {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, ...labEnvironment(folders.root) },
  });
}
