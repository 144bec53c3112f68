/**
 * Unpacking the few files of a wheel that are needed. A wheel is a zip archive,
 * and Python, which is there because pip is, reads it without loading the
 * 800 MB library into memory at once.
 */
import { InkwellError } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import { lastLines, run } from './run';
import type { Command } from './tools';

const script = `
import fnmatch, os, sys, zipfile
archive, target, patterns = sys.argv[1], sys.argv[2], sys.argv[3:]
with zipfile.ZipFile(archive) as wheel:
    names = [i for i in wheel.infolist() if any(fnmatch.fnmatchcase(i.filename, p) for p in patterns)]
    total, done = sum(i.file_size for i in names), 0
    for info in names:
        path = os.path.join(target, info.filename)
        if not os.path.abspath(path).startswith(os.path.abspath(target) + os.sep):
            sys.exit('the archive holds a path outside itself: ' + info.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with wheel.open(info) as source, open(path, 'wb') as out:
            while True:
                block = source.read(1 << 22)
                if not block:
                    break
                out.write(block)
                done += len(block)
                print(done, total, flush=True)
        os.chmod(path, 0o755 if (info.external_attr >> 16) & 0o100 else 0o644)
    if not names:
        sys.exit('no file in the archive matches ' + ' '.join(patterns))
`;

/**
 * Unpacks the files of a wheel whose paths match one of the patterns (`*` runs
 * over slashes, as in Python's `fnmatch`); the archive's own sums are checked.
 *
 * @throws InkwellError `ENGINE_DISK_FULL` or `ENGINE_UNPACK`.
 */
export async function unpackWheel(
  wheelPath: string,
  target: string,
  patterns: readonly string[],
  options: { readonly python: Command; readonly label: string; readonly onProgress?: ProgressListener },
): Promise<void> {
  const { python, label, onProgress } = options;
  const [program, ...args] = python;
  const onStdout = (text: string): void => {
    const [done, total] = lastLines(text, 1).split(' ').map(Number);
    if (done !== undefined && total !== undefined) onProgress?.({ label, done, total, unit: 'bytes' });
  };
  const ran = await run(program, [...args, '-I', '-c', script, wheelPath, target, ...patterns], { onStdout });
  if (ran.kind === 'done') return;
  if (ran.stderr.includes('No space left on device')) {
    throw new InkwellError('ENGINE_DISK_FULL', `The disk filled up while ${label} was unpacked.`, {
      hint: 'Free some space, or set INKWELL_CACHE to a folder on a larger disk.',
    });
  }
  throw new InkwellError('ENGINE_UNPACK', `${label} could not be unpacked: ${lastLines(ran.stderr, 2)}`);
}
