import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeIdx } from 'inkwell/data/idx';
import { readDataSet } from 'inkwell/data/read-data-set';
import { smallDataSet, temporaryFolders, thrownBy } from './support';

const folder = temporaryFolders();
const { dataSet, plain, zipped } = smallDataSet();

/** A folder with the data set's files, some of them replaced, or left out (undefined). */
function folderWith(
  files: ReadonlyMap<string, Uint8Array>,
  changes: Readonly<Record<string, Uint8Array | string | undefined>> = {},
): string {
  const target = folder();
  for (const [name, bytes] of new Map<string, Uint8Array | string | undefined>([
    ...files,
    ...Object.entries(changes),
  ])) {
    if (bytes !== undefined) writeFileSync(path.join(target, name), bytes);
  }
  return target;
}

const codeOfReading = async (target: string): Promise<string> =>
  (await thrownBy(readDataSet(dataSet, target))).code;

describe('readDataSet', () => {
  test('reads plain, zipped and dotted files, in the folder or in its subfolder', async () => {
    const { train, test: held } = await readDataSet(dataSet, folderWith(plain));
    expect([...train.labels]).toEqual([4, 0, 9]);
    expect([...held.labels]).toEqual([1, 2, 3]);
    expect(train.images.length).toBe(48);
    expect(await readDataSet(dataSet, folderWith(zipped))).toEqual({ train, test: held });

    const below = folder();
    mkdirSync(path.join(below, 'small'));
    for (const [name, bytes] of plain)
      writeFileSync(path.join(below, 'small', name.replace('-idx', '.idx')), bytes);
    expect(await readDataSet(dataSet, below)).toEqual({ train, test: held });
  });

  test('a name that lies about compression does no harm', async () => {
    const unzipped = new Map([...plain].map(([name, bytes]) => [`${name}.gz`, bytes]));
    expect((await readDataSet(dataSet, folderWith(unzipped))).train.count).toBe(3);
  });

  test('none of the files, or some of them', async () => {
    expect(await codeOfReading(folder())).toBe('DATA_MISSING');
    const error = await thrownBy(
      readDataSet(dataSet, folderWith(plain, { 't10k-labels-idx1-ubyte': undefined })),
    );
    expect(error.code).toBe('DATA_INCOMPLETE');
    expect(error.message).toMatch(/lacks t10k-labels-idx1-ubyte of Small/);
  });

  test('each thing that can be wrong with a file has its own error', async () => {
    const images = plain.get('train-images-idx3-ubyte') as Uint8Array;
    const reading = (change: Uint8Array | string): Promise<string> =>
      codeOfReading(folderWith(plain, { 'train-images-idx3-ubyte': change }));
    expect(await reading(images.subarray(0, 40))).toBe('DATA_TRUNCATED');
    expect(await reading(new Uint8Array(0))).toBe('DATA_TRUNCATED');
    expect(await reading(new Uint8Array(gzipSync(images)).subarray(0, 30))).toBe('DATA_TRUNCATED');
    expect(await reading(Uint8Array.of(1, 2, 3, 4, 5))).toBe('DATA_MAGIC');
    expect(await reading('  <!DOCTYPE html><title>Log in</title>')).toBe('DATA_HTML');
    expect(await reading('<html lang="en"><h1>404</h1></html>')).toBe('DATA_HTML');
    expect(await reading('\ufeff<?xml version="1.0"?><Error/>')).toBe('DATA_HTML');
    expect(await reading(gzipSync('<html></html>'))).toBe('DATA_HTML');
    const other = Uint8Array.from(images);
    other[30] = (other[30] ?? 0) ^ 1;
    expect(await reading(other)).toBe('DATA_CHECKSUM');
    const two = encodeIdx({ type: 'uint8', shape: [2, 4, 4], values: new Uint8Array(32) });
    expect(await reading(two)).toBe('DATA_COUNTS');
    expect(await reading(new Uint8Array(gzipSync(new Uint8Array(10_000))))).toBe('DATA_FORMAT');
  });

  test('a folder in a file’s place cannot be read', async () => {
    const target = folderWith(plain, { 'train-images-idx3-ubyte': undefined });
    mkdirSync(path.join(target, 'train-images-idx3-ubyte'));
    expect(await codeOfReading(target)).toBe('DATA_UNREADABLE');
  });
});
