/**
 * What the data tests share: a folder that goes away, a small data set with
 * its files and sums, a caught error.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { InkwellError } from 'inkwell/core/errors';
import type { DataFile, DataSet, FileRole } from 'inkwell/data/data-set';
import { encodeIdx } from 'inkwell/data/idx';

/** A fresh folder for each test of the file; gone after the last. */
export function temporaryFolders(): () => string {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-data-'));
    made.push(folder);
    return folder;
  };
}

/** Sets environment variables for each test of the file and puts them back after it. */
export function withEnvironment(values: () => Readonly<Record<string, string | undefined>>): void {
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
    for (const [name, value] of Object.entries(values())) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  afterEach(() => {
    process.env = before;
  });
}

/** What the promise, or the function, threw; fails where it did not. */
export async function thrownBy(work: Promise<unknown> | (() => unknown)): Promise<InkwellError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof InkwellError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const IMAGES = [3, 4, 4] as const;

/** Bytes that look random and compress badly, the same on each call. */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** A data set of 3 + 3 images of 4 × 4, with the bytes of its files. */
export function smallDataSet(mirrors: readonly string[] = ['http://localhost:9/']): {
  readonly dataSet: DataSet;
  readonly plain: ReadonlyMap<string, Uint8Array>;
  readonly zipped: ReadonlyMap<string, Uint8Array>;
} {
  const images = (seed: number): Uint8Array =>
    encodeIdx({ type: 'uint8', shape: IMAGES, values: noise(48, seed) });
  const labels = (...values: number[]): Uint8Array =>
    encodeIdx({ type: 'uint8', shape: [values.length], values: Uint8Array.from(values) });
  const contents: [string, FileRole, readonly number[], Uint8Array][] = [
    ['train-images-idx3-ubyte', 'train images', IMAGES, images(1)],
    ['train-labels-idx1-ubyte', 'train labels', [3], labels(4, 0, 9)],
    ['t10k-images-idx3-ubyte', 'test images', IMAGES, images(2)],
    ['t10k-labels-idx1-ubyte', 'test labels', [3], labels(1, 2, 3)],
  ];
  const files = contents.map(([name, role, shape, bytes]) => describeFile(name, role, shape, bytes));
  return {
    dataSet: {
      name: 'small',
      title: 'Small',
      description: 'six images',
      citation: 'nobody',
      licence: { summary: 'none', statements: [] },
      mirrors,
      files,
    },
    plain: new Map(contents.map(([name, , , bytes]) => [name, bytes])),
    zipped: new Map(contents.map(([name, , , bytes]) => [`${name}.gz`, new Uint8Array(gzipSync(bytes))])),
  };
}

/** The manifest's entry for these bytes. */
export function describeFile(
  name: string,
  role: FileRole,
  shape: readonly number[],
  bytes: Uint8Array,
): DataFile {
  return { name, role, shape, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A data set of files that are kept as they are, with its entry in the manifest. */
export function asIsDataSet(
  name: string,
  mirrors: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): DataSet {
  return {
    name,
    title: 'A Small Set',
    description: 'made by a test',
    citation: 'nobody',
    byName: true,
    licence: { summary: 'none', statements: [] },
    mirrors,
    files: [...files].map(([file, bytes]) => ({
      name: file,
      format: 'as-is',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
}
