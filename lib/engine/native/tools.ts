/**
 * The two tools that building the addon takes: a Python with pip, which fetches
 * and unpacks the wheels, and a C++ compiler.
 */
import { InkwellError } from '../../core/errors';
import { run } from './run';

/** A command line that starts Python, e.g. `['py', '-3']`. */
export type Command = readonly [string, ...string[]];

const pythons: readonly Command[] = [['python3'], ['python'], ['py', '-3']];
const compilers: readonly string[] = ['c++', 'g++', 'clang++'];

/**
 * A Python 3 that has pip: `$INKWELL_PYTHON`, else the first on the path.
 *
 * @throws InkwellError `ENGINE_NO_PIP`.
 */
export async function findPython(): Promise<Command> {
  const asked = process.env['INKWELL_PYTHON'];
  for (const command of asked ? [[asked] as const] : pythons) {
    const [program, ...args] = command;
    const { kind, stdout } = await run(program, [...args, '-m', 'pip', '--version'], { timeoutMs: 30_000 });
    if (kind === 'done' && stdout.includes('python 3')) return command;
  }
  throw new InkwellError('ENGINE_NO_PIP', 'No Python 3 with pip was found; it fetches TensorFlow.', {
    hint: 'Install Python 3 with pip (Debian and Ubuntu: apt install python3-pip), or set INKWELL_PYTHON to one.',
  });
}

/**
 * A C++17 compiler: `$CXX`, else the first on the path.
 *
 * @throws InkwellError `ENGINE_NO_COMPILER`.
 */
export async function findCompiler(): Promise<string> {
  const asked = process.env['CXX'];
  for (const program of asked ? [asked] : compilers) {
    if ((await run(program, ['--version'], { timeoutMs: 30_000 })).kind === 'done') return program;
  }
  throw new InkwellError('ENGINE_NO_COMPILER', 'No C++ compiler was found; it builds the Node addon.', {
    hint: 'Install one (Debian and Ubuntu: apt install g++; macOS: xcode-select --install), or set CXX to one.',
  });
}
