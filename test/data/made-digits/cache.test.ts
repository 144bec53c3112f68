import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadMadeDigits } from 'inkwell/data/made-digits/cache';
import { temporaryFolders, withEnvironment } from '../support';

const folder = temporaryFolders();
const OPTIONS = { trainCount: 800, testCount: 600, seed: 9 };

describe('loadMadeDigits', () => {
  withEnvironment(() => ({ INKWELL_CACHE: folder() }));
  const kept = (): string => path.join(process.env['INKWELL_CACHE'] ?? '', 'data', 'made-digits');

  test('draws once, keeps under a name that says what it is, reads it again', async () => {
    const drawn = await loadMadeDigits(OPTIONS);
    expect(readdirSync(kept()).sort()).toEqual([
      'v2-seed-9-test-600-images-idx3-ubyte',
      'v2-seed-9-test-600-labels-idx1-ubyte',
      'v2-seed-9-train-800-images-idx3-ubyte',
      'v2-seed-9-train-800-labels-idx1-ubyte',
    ]);
    let reports = 0;
    expect(await loadMadeDigits({ ...OPTIONS, onProgress: () => reports++ })).toEqual(drawn);
    expect(reports).toBe(0);
  });

  test('damaged files are drawn again', async () => {
    const drawn = await loadMadeDigits(OPTIONS);
    const file = path.join(kept(), 'v2-seed-9-train-800-images-idx3-ubyte');
    const size = statSync(file).size;
    writeFileSync(file, 'nothing of the kind');
    expect(await loadMadeDigits(OPTIONS)).toEqual(drawn);
    expect(statSync(file).size).toBe(size);
  });

  test('a cache that cannot be written costs nothing but time', async () => {
    const file = path.join(process.env['INKWELL_CACHE'] ?? '', 'file');
    writeFileSync(file, '');
    process.env['INKWELL_CACHE'] = file;
    expect((await loadMadeDigits(OPTIONS)).train.count).toBe(800);
  });

  test('several at once draw the same and leave whole files', async () => {
    const all = await Promise.all([
      loadMadeDigits(OPTIONS),
      loadMadeDigits(OPTIONS),
      loadMadeDigits(OPTIONS),
    ]);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    expect(readdirSync(kept()).length).toBe(4);
  });
});
