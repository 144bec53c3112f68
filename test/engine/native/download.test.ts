import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { downloadWheel } from 'inkwell/engine/native/download';
import type { Recipe, Wheel } from 'inkwell/engine/native/recipe';
import type { Command } from 'inkwell/engine/native/tools';
import { temporaryFolders } from '../temporary';

const newFolder = temporaryFolders();
const content = 'a very small wheel';
const wheel: Wheel = {
  name: 'small-wheel',
  version: '1.2.3',
  sha256: createHash('sha256').update(content).digest('hex'),
  bytes: content.length,
  keep: ['*'],
};
const recipe: Recipe = {
  flavour: 'cpu',
  platform: 'linux',
  arch: 'x64',
  tensorflow: '1.2.3',
  tags: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
  wheels: [wheel],
  libraries: [],
  keptBytes: 0,
};

/** A stand-in for Python whose pip runs these lines, with its arguments in `args`. */
function python(lines: string): Command {
  const file = path.join(newFolder(), 'python.js');
  const head = `const fs = require('node:fs'), path = require('node:path');
    const args = process.argv.slice(2), folder = args[args.indexOf('-d') + 1];`;
  writeFileSync(file, `${head}\n${lines}`);
  return [process.execPath, file];
}

function downloads(): string {
  const folder = path.join(newFolder(), 'downloads');
  mkdirSync(folder);
  return folder;
}

describe('downloadWheel', () => {
  test('asks pip for exactly one wheel, with its sum, and returns where it lies', async () => {
    const folder = downloads();
    const pip = python(`
      fs.writeFileSync(path.join(folder, 'asked.json'), JSON.stringify({
        args, requirements: fs.readFileSync(args.at(-1), 'utf8'), temporary: process.env.TMPDIR }));
      fs.writeFileSync(path.join(folder, 'small_wheel-1.2.3-any.whl'), ${JSON.stringify(content)});`);
    const file = await downloadWheel(wheel, recipe, folder, { python: pip });
    expect(file).toBe(path.join(folder, 'small_wheel-1.2.3-any.whl'));
    const asked = JSON.parse(readFileSync(path.join(folder, 'asked.json'), 'utf8')) as {
      args: string[];
      requirements: string;
      temporary: string;
    };
    expect(asked.requirements).toBe(`small-wheel==1.2.3 --hash=sha256:${wheel.sha256}\n`);
    expect(asked.args.join(' ')).toContain('-m pip download');
    expect(asked.args).toEqual(
      expect.arrayContaining(['--require-hashes', '--no-deps', '--only-binary=:all:']),
    );
    expect(asked.args.join(' ')).toContain(
      '--platform manylinux_2_27_x86_64 --platform manylinux2014_x86_64',
    );
    // What pip has so far lies inside, to be watched, and to be removed with the build.
    expect(path.dirname(asked.temporary)).toBe(folder);
    expect(readdirSync(folder)).not.toContain(path.basename(asked.temporary));
  });

  test('reports how much there is, up to the whole', async () => {
    const pip = python(`
      fs.writeFileSync(path.join(process.env.TMPDIR, 'part'), 'a very');
      const seen = setInterval(() => {
        if (!fs.existsSync(path.join(folder, 'seen'))) return;
        clearInterval(seen);
        fs.writeFileSync(path.join(folder, 'w.whl'), ${JSON.stringify(content)});
      }, 20);`);
    const folder = downloads();
    const seen: number[] = [];
    await downloadWheel(wheel, recipe, folder, {
      python: pip,
      onProgress: ({ done, total, unit, label }) => {
        expect([total, unit, label]).toEqual([content.length, 'bytes', 'small-wheel 1.2.3']);
        seen.push(done);
        if (done > 0) writeFileSync(path.join(folder, 'seen'), '');
      },
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(content.length);
  });

  test.each([
    [
      'ENGINE_CHECKSUM',
      'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
      'was refused',
    ],
    [
      'ENGINE_DISK_FULL',
      'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
      'filled up',
    ],
    [
      'ENGINE_DOWNLOAD',
      'ERROR: No matching distribution found for small-wheel==1.2.3',
      'No matching distribution',
    ],
  ])('tells %s from what pip says', async (code, said, message) => {
    const pip = python(`console.error(${JSON.stringify(said)}); process.exitCode = 1;`);
    await expect(downloadWheel(wheel, recipe, downloads(), { python: pip })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('a pip that leaves nothing is an error', async () => {
    await expect(downloadWheel(wheel, recipe, downloads(), { python: python('') })).rejects.toMatchObject({
      code: 'ENGINE_DOWNLOAD',
      message: 'pip left no wheel of small-wheel behind.',
    });
  });
});
