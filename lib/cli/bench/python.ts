/**
 * Python environments for the rivals, in the cache: made once, used by every
 * later run. A file is written last, so that one whose installation was cut off
 * is made anew.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { InkwellError, messageOf } from '../../core/errors';
import { cacheRoot } from '../../core/paths';

const run = promisify(execFile);

export type Rival = 'pytorch' | 'tensorflow';

const TORCH = 'torch==2.15.0';

/** What `import torch` needs beside it on Linux with x86, where the index has it with CUDA only: 4 GB instead of 6. */
const TORCH_WITH_CUDA = {
  python: [
    'filelock',
    'typing-extensions>=4.13',
    'setuptools>=77.0.3',
    'sympy',
    'networkx',
    'jinja2',
    'fsspec',
  ],
  libraries: [
    'cuda-toolkit[cublas,cudart,cufft,cufile,cupti,cusparse,nvjitlink,nvrtc]==13.2.2',
    'nvidia-cudnn-cu13==9.26.0.51',
    'nvidia-cusparselt-cu13==0.8.1',
    'nvidia-nccl-cu13==2.30.7',
    'nvidia-nvshmem-cu13==3.7.2',
  ],
} as const;

/** What exports nets of PyTorch and runs them. */
const ONNX = ['onnx', 'onnxscript', 'onnxruntime'] as const;

/** The contents of an environment; with others it is made anew. */
const CONTENTS: Readonly<Record<Rival, string>> = {
  tensorflow: 'tensorflow 2.21.0',
  pytorch: `${TORCH}, ${ONNX.join(', ')}`,
};

type Pip = (...words: string[]) => Promise<unknown>;

type Install = (pip: Pip) => Promise<unknown>;

const installers: Readonly<Record<Rival, Install>> = {
  tensorflow: (pip) => pip(process.platform === 'darwin' ? 'tensorflow==2.21.0' : 'tensorflow-cpu==2.21.0'),
  pytorch: async (pip) => {
    await installTorch(pip);
    return pip(...ONNX);
  },
};

async function installTorch(pip: Pip): Promise<unknown> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return pip(TORCH, 'numpy');
  try {
    return await pip(`${TORCH}+cpu`, 'numpy'); // where pip is set up with PyTorch's own index
  } catch {
    await pip('--no-deps', TORCH);
    await pip(...TORCH_WITH_CUDA.python, 'numpy');
    return pip(...TORCH_WITH_CUDA.libraries);
  }
}

/**
 * The Python of a rival's environment, installed where it is not there yet.
 *
 * @throws InkwellError `BENCH_INSTALL` where it cannot be had; what there is of it is removed.
 */
export async function pythonOf(rival: Rival): Promise<string> {
  const folder = path.join(cacheRoot(), 'bench', rival);
  const python = path.join(folder, 'bin', 'python');
  const ready = path.join(folder, 'ready');
  if (existsSync(ready) && (await readFile(ready, 'utf8')) === CONTENTS[rival]) return python;
  await rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { recursive: true });
    await run('python3', ['-m', 'venv', folder]);
    await installers[rival]((...words) => run(python, ['-m', 'pip', 'install', '--quiet', ...words]));
    await writeFile(ready, CONTENTS[rival]);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    const why = messageOf(cause).trim().split('\n').at(-1);
    throw new InkwellError('BENCH_INSTALL', `${rival} cannot be installed for the bench: ${why}`, {
      hint: 'It comes by pip: see whether the package index can be reached, and whether python3 has venv.',
      cause,
    });
  }
  return python;
}
