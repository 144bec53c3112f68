/** Archives that the tests make themselves, in the layout of the real ones. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Archive, ArchiveSet } from 'inkwell/data/archives/archive-set';
import { create, type TarOptionsWithAliases } from 'tar';

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

/** A gzipped tar of what a folder holds. */
export async function tarOf(
  folder: string,
  names: readonly string[],
  options: TarOptionsWithAliases = {},
): Promise<Uint8Array> {
  const place = mkdtempSync(path.join(tmpdir(), 'inkwell-tar-'));
  const file = path.join(place, 'x.tar.gz');
  try {
    await create({ ...options, file, cwd: folder, gzip: true, portable: true }, [...names]);
    return new Uint8Array(readFileSync(file));
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** The manifest's entry for an archive. */
export function describeArchive(name: string, folder: string, bytes: Uint8Array): Archive {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, folder, bytes: bytes.length, sha256, sumFrom: 'this test' };
}

/** A data set of two archives, `images` with three files and `notes` with one. */
export async function smallArchives(
  folder: string,
  mirrors: readonly string[],
): Promise<{ set: ArchiveSet; files: Map<string, Uint8Array> }> {
  const noise = Buffer.from(Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 7919) >>> 5));
  writeFiles(folder, {
    'images/a.jpg': noise,
    'images/b.jpg': noise.subarray(0, 5000),
    'images/c.jpg': 'c',
    'images/readme.txt': 'not counted',
    'notes/deep/1.txt': 'one',
  });
  const files = new Map([
    ['images.tar.gz', await tarOf(folder, ['images'])],
    ['notes.tar.gz', await tarOf(folder, ['notes'])],
  ]);
  const archives = [...files].map(([name, bytes]) => describeArchive(name, name.split('.')[0] ?? '', bytes));
  return {
    files,
    set: {
      name: 'small-pets',
      title: 'Small Pets',
      description: 'three files',
      citation: 'nobody',
      licence: { summary: 'none', statements: [] },
      mirrors,
      archives,
      holds: [
        { folder: 'images', extension: '.jpg', files: 3 },
        { folder: 'notes/deep', extension: '.txt', files: 1 },
      ],
    },
  };
}
