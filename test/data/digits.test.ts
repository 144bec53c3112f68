import { existsSync } from 'node:fs';
import { loadDigits } from 'inkwell/data/digits';
import { findFiles } from 'inkwell/data/files';
import { placesFor } from 'inkwell/data/locate';
import { findDataSet, readManifest } from 'inkwell/data/manifest';
import { temporaryFolders, thrownBy, withEnvironment } from './support';

const folder = temporaryFolders();
const cache = (): string => folder();

describe('loadDigits', () => {
  withEnvironment(() => ({
    INKWELL_CACHE: cache(),
    INKWELL_DATASETS: undefined,
    INKWELL_OFFLINE: '1',
  }));

  test('gives MNIST where it stands, and says so; else made digits, and says that', async () => {
    const mnist = findDataSet(readManifest(), 'mnist');
    const stands = placesFor(mnist).some((place) => findFiles(mnist, place.folder).every(({ path }) => path));
    const digits = await loadDigits();
    expect(digits.name).toBe(stands ? 'MNIST' : 'made digits');
    expect(digits.whyNotMnist === undefined).toBe(stands);
    expect([digits.train.count, digits.test.count]).toEqual([60_000, 10_000]);
    if (stands) {
      // The first labels of both halves, as printed in every introduction to MNIST.
      expect([...digits.train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
      expect([...digits.test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
      // And the mean and deviation that every training script subtracts and divides by.
      let [sum, squares] = [0, 0];
      for (const value of digits.train.images) {
        sum += value;
        squares += value * value;
      }
      const mean = sum / digits.train.images.length / 255;
      const deviation = Math.sqrt(squares / digits.train.images.length / 255 ** 2 - mean ** 2);
      expect([mean.toFixed(4), deviation.toFixed(4)]).toEqual(['0.1307', '0.3081']);
    } else {
      expect(digits.whyNotMnist).toMatch(/MNIST/);
      expect(existsSync(process.env['INKWELL_CACHE'] ?? '')).toBe(true);
    }
  });

  test('gives made digits, named so, where no MNIST is to be found', async () => {
    process.env['INKWELL_DATASETS'] = 'made';
    const digits = await loadDigits({ trainCount: 30, testCount: 20 });
    expect([digits.name, digits.train.count, digits.test.count]).toEqual(['made digits', 30, 20]);
    expect(digits.source).toBe('drawn by this project, seed 1');
    expect(digits.whyNotMnist).toMatch(/^MNIST .*INKWELL_DATASETS=made/);
    const error = await thrownBy(loadDigits({ source: 'mnist' }));
    expect(error.code).toBe('DATA_MISSING');
  });

  test('nothing that it says holds a path of the machine', async () => {
    for (const source of ['auto', 'made'] as const) {
      const {
        name,
        source: where,
        whyNotMnist,
        citation,
      } = await loadDigits({ source, trainCount: 10, testCount: 10 });
      for (const text of [name, where, whyNotMnist ?? '', citation])
        expect(text).not.toMatch(/(^|[\s(])[/\\]|[A-Z]:\\/);
    }
  });

  test('counts that are none are refused', async () => {
    await expect(loadDigits({ trainCount: 60_001 })).rejects.toThrow(
      'trainCount must be a whole number in 0 … 60000',
    );
    await expect(loadDigits({ testCount: 1.5 })).rejects.toThrow(RangeError);
    await expect(loadDigits({ source: 'made', trainCount: -1 })).rejects.toThrow(
      'whole number of at least 0, got -1',
    );
  });
});
