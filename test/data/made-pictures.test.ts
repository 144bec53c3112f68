/** Pictures that the project draws: the same bytes everywhere, kept once drawn, fit to learn from. */
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePets } from 'inkwell/data/made-pets/make';
import type { MakeOptions } from 'inkwell/data/made-pictures';
import { makeStreets } from 'inkwell/data/made-streets/make';
import { STREET_CLASSES } from 'inkwell/data/made-streets/view';
import { temporaryFolders, withEnvironment } from './support';

const folder = temporaryFolders();
withEnvironment(() => ({ INKWELL_CACHE: folder() }));

const sumOf = (arrays: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(array);
  return hash.digest('hex').slice(0, 16);
};

const petSum = async (count: number, options?: MakeOptions): Promise<string> =>
  sumOf((await makePets(count, options)).map(({ picture }) => picture.pixels));

test('the same seed gives the same bytes on every machine', async () => {
  expect(await petSum(12)).toBe('365184ebd14316e0');
  const streets = await makeStreets(6);
  expect(sumOf(streets.map(({ picture }) => picture.pixels))).toBe('833bbbf2cc5e3e3e');
  expect(sumOf(streets.map(({ mask }) => mask.pixels))).toBe('1f1f77150dec456a');
});

test('another seed gives others, a smaller set is the beginning of a larger one', async () => {
  expect(await petSum(4, { seed: 2 })).not.toBe(await petSum(4));
  const twelve = await makePets(12);
  expect((await makePets(4)).map(({ picture }) => picture)).toEqual(
    twelve.slice(0, 4).map(({ picture }) => picture),
  );
});

test('cats and dogs take turns, at 64 × 64', async () => {
  const pets = await makePets(3);
  expect(pets.map(({ animal }) => animal)).toEqual(['cat', 'dog', 'cat']);
  expect(pets[0]?.picture).toMatchObject({ height: 64, width: 64, channels: 3 });
  expect(pets[0]?.picture.pixels.length).toBe(64 * 64 * 3);
});

test('every class stands somewhere in the streets, sky above and road below', async () => {
  const streets = await makeStreets(20);
  const seen = new Set(streets.flatMap(({ mask }) => [...mask.pixels]));
  expect([...seen].sort()).toEqual(STREET_CLASSES.map((_, index) => index));
  const mostlyAt = (row: number, name: (typeof STREET_CLASSES)[number]): number =>
    streets.filter(({ mask }) => mask.pixels[row * 96 + 48] === STREET_CLASSES.indexOf(name)).length;
  expect(mostlyAt(2, 'sky')).toBeGreaterThan(10);
  expect(mostlyAt(62, 'road')).toBeGreaterThan(10);
});

test('many are kept, damaged ones drawn again, and a cache that cannot be written costs only time', async () => {
  const drawn = await petSum(60);
  const kept = path.join(process.env['INKWELL_CACHE'] ?? '', 'data', 'made-pets');
  expect(readdirSync(kept)).toEqual(['v1-seed-1-60-images-idx4-ubyte']);
  let reports = 0;
  const onProgress = (): number => reports++;
  expect(await petSum(60, { onProgress })).toBe(drawn);
  expect(reports).toBe(0);
  writeFileSync(path.join(kept, 'v1-seed-1-60-images-idx4-ubyte'), 'nothing of the kind');
  expect(await petSum(60, { onProgress })).toBe(drawn);
  expect(reports).toBe(6);
  writeFileSync(path.join(folder(), 'file'), '');
  process.env['INKWELL_CACHE'] = path.join(kept, 'v1-seed-1-60-images-idx4-ubyte');
  expect(await petSum(60)).toBe(drawn);
});

test('drawing can be stopped, and counts are checked', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(makePets(20, { signal })).rejects.toThrow('enough');
  await expect(makePets(0)).rejects.toThrow(
    'made cats and dogs: count must be a whole number of at least 1, got 0',
  );
});
