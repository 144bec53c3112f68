/**
 * Fetching the wheels with pip, by pinned sum: pip knows the machine's index,
 * proxies and certificates, and refuses a file whose SHA-256 differs.
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import type { Recipe, Wheel } from './recipe';
import { lastLines, type Ran, run } from './run';
import type { Command } from './tools';

const pythonVersion = '3.11';

/**
 * Downloads one wheel into a folder and returns its path.
 *
 * @throws InkwellError `ENGINE_CHECKSUM`, `ENGINE_DISK_FULL` or `ENGINE_DOWNLOAD`.
 */
export async function downloadWheel(
  wheel: Wheel,
  recipe: Recipe,
  folder: string,
  options: { readonly python: Command; readonly onProgress?: ProgressListener },
): Promise<string> {
  const { python, onProgress } = options;
  const partial = path.join(folder, 'partial');
  mkdirSync(partial, { recursive: true });
  const requirements = path.join(folder, 'requirements.txt');
  writeFileSync(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const stopWatching = watchFolder(folder, wheel, onProgress);
  try {
    // pip keeps the part it has in its temporary folder: put that where we can see it grow.
    const env = { TMPDIR: partial, TEMP: partial, TMP: partial, PIP_DISABLE_PIP_VERSION_CHECK: '1' };
    const [program, ...args] = python;
    const ran = await run(program, [...args, ...pipArguments(recipe, requirements, folder)], { env });
    if (ran.kind !== 'done') throw downloadError(wheel, ran);
  } finally {
    stopWatching();
    rmSync(partial, { recursive: true, force: true });
  }
  const file = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (file === undefined)
    throw new InkwellError('ENGINE_DOWNLOAD', `pip left no wheel of ${wheel.name} behind.`);
  return path.join(folder, file);
}

function pipArguments(recipe: Recipe, requirements: string, folder: string): string[] {
  const tags = recipe.tags.flatMap((tag) => ['--platform', tag]);
  const target = ['--python-version', pythonVersion, '--implementation', 'cp', '--abi', 'cp311', ...tags];
  const quiet = ['--no-input', '--no-cache-dir', '--progress-bar', 'off'];
  const only = ['--no-deps', '--only-binary=:all:', '--require-hashes'];
  return ['-m', 'pip', 'download', ...quiet, ...only, ...target, '-d', folder, '-r', requirements];
}

/** Reports how much of a wheel lies in the folder, four times a second. */
function watchFolder(folder: string, wheel: Wheel, onProgress: ProgressListener | undefined): () => void {
  if (onProgress === undefined) return () => {};
  const report = (): void => {
    const done = Math.min(bytesIn(folder), wheel.bytes);
    onProgress({ label: `${wheel.name} ${wheel.version}`, done, total: wheel.bytes, unit: 'bytes' });
  };
  const timer = setInterval(report, 250);
  return () => {
    clearInterval(timer);
    report();
  };
}

function bytesIn(folder: string): number {
  try {
    const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) =>
      entry.isFile(),
    );
    const sizes = files.map((file) => statSync(path.join(file.parentPath, file.name)).size);
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch {
    return 0; // pip renames and removes files meanwhile: look again at the next tick
  }
}

function downloadError(wheel: Wheel, { stdout, stderr }: Ran): InkwellError {
  const said = `${stdout}\n${stderr}`;
  const what = `${wheel.name} ${wheel.version}`;
  if (said.includes('DO NOT MATCH THE HASHES')) {
    return new InkwellError(
      'ENGINE_CHECKSUM',
      `The wheel of ${what} that pip fetched does not have the SHA-256 ${wheel.sha256}; it was refused.`,
      { hint: 'Something between here and the package index changed it: try again on another network.' },
    );
  }
  if (said.includes('No space left on device')) {
    return new InkwellError('ENGINE_DISK_FULL', `The disk filled up while ${what} was downloaded.`, {
      hint: 'Free some space, or set INKWELL_CACHE to a folder on a larger disk.',
    });
  }
  return new InkwellError('ENGINE_DOWNLOAD', `pip could not download ${what}: ${lastLines(said, 3)}`, {
    hint: 'Check the network and the package index that pip is set up with, then run npx inkwell prepare again.',
  });
}
