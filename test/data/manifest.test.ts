import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkManifest, findDataSet, type Manifest, readManifest } from 'inkwell/data/manifest';
import { smallDataSet, temporaryFolders, thrownBy } from './support';

const folder = temporaryFolders();

describe('readManifest', () => {
  test('the project’s own names MNIST with its sums', () => {
    const mnist = findDataSet(readManifest(), 'mnist');
    expect(mnist.files.map(({ role }) => role)).toEqual([
      'train images',
      'train labels',
      'test images',
      'test labels',
    ]);
    // As published for the uncompressed files of the original distribution.
    expect(mnist.files[0]?.sha256).toBe('ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db');
    expect(mnist.files.reduce((sum, { bytes = 0 }) => sum + bytes, 0)).toBe(54_950_048);
    expect(mnist.mirrors.length).toBeGreaterThanOrEqual(3);
    expect(mnist.citation).toMatch(/LeCun.*Cortes.*Burges/);
    expect(mnist.licence.summary).not.toBe('');
  });

  test('sets beside MNIST are fetched only by name, and say on what terms', () => {
    for (const { name, byName, licence, files } of readManifest().dataSets) {
      expect([name, byName]).toEqual([name, name === 'mnist' ? undefined : true]);
      expect(licence.statements.length).toBeGreaterThan(0);
      expect(files.every(({ format }) => (format === 'as-is') === (name !== 'mnist'))).toBe(true);
    }
  });

  test('the project’s own names its archives with their sums, and who states them', () => {
    const { archiveSets = [] } = readManifest();
    expect(archiveSets.map(({ name }) => name)).toEqual(['oxford-iiit-pet', 'camvid', 'imdb']);
    for (const { archives, holds, mirrors, licence } of archiveSets) {
      expect(mirrors.length).toBeGreaterThan(0);
      expect(licence.summary).not.toBe('');
      for (const { sumFrom, folder: inside } of archives) {
        expect(sumFrom).toContain('the project has not fetched the archive itself');
        expect(holds.some(({ folder: held }) => held.startsWith(inside))).toBe(true);
      }
    }
  });

  test('a file that is not there or no JSON is a manifest error', async () => {
    const file = path.join(folder(), 'manifest.json');
    expect((await thrownBy(() => readManifest(file))).code).toBe('DATA_MANIFEST');
    writeFileSync(file, '{ "dataSets": [');
    const error = await thrownBy(() => readManifest(file));
    expect(error.code).toBe('DATA_MANIFEST');
    expect(error.hint).toMatch(/git checkout/);
  });
});

describe('checkManifest', () => {
  const { dataSet } = smallDataSet();
  const [file, ...files] = dataSet.files;
  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', 7, /\/ must be object/],
    ['no list', {}, /required property 'dataSets'/],
    ['a stray key', { dataSets: [], more: 1 }, /additional properties \(more\)/],
    ['a sum of the wrong length', withFile({ sha256: 'abc' }), /\/dataSets\/0\/files\/0\/sha256 must match/],
    ['a name that climbs out', withFile({ name: '../x' }), /\/dataSets\/0\/files\/0\/name must match/],
    [
      'an unknown role',
      withFile({ role: 'both' }),
      /\(train images, train labels, test images, test labels\)/,
    ],
    ['a size that contradicts the shape', withFile({ bytes: 10 }), /shape 3 × 4 × 4 takes 64 bytes, got 10/],
    ['no format that there is', withFile({ format: 'zip' }), /files\/0\/format must be equal to constant/],
    [
      'a shape of a file that is kept as it is',
      withSet({ files: [{ name: 'a.csv', format: 'as-is', sha256: '0'.repeat(64), shape: [3] }] }),
      /files\/0 must NOT have additional properties \(shape\)/,
    ],
    [
      'a mirror without a slash',
      withSet({ mirrors: ['https://a/b'] }),
      /\/dataSets\/0\/mirrors\/0 must match/,
    ],
    ['a mirror that is no web address', withSet({ mirrors: ['file:///a/'] }), /\/mirrors\/0 must match/],
    ['two of one name', { dataSets: [dataSet, dataSet] }, /two data sets are named small/],
    ['an archive that climbs out', withArchive({ folder: '../x' }), /archives\/0\/folder must match/],
    ['an archive of another kind', withArchive({ name: 'x.rar' }), /archives\/0\/name must match/],
    ['a sum of nobody', withArchive({ sumFrom: undefined }), /required property 'sumFrom'/],
  ];

  function withArchive(change: object): unknown {
    const archive = { name: 'x.tgz', folder: 'x', bytes: 3, sumFrom: 'nobody', ...change };
    const { files: _, ...described } = dataSet;
    const holds = [{ folder: 'x', extension: '.png', files: 1 }];
    const archives = [JSON.parse(JSON.stringify(archive))];
    return { dataSets: [], archiveSets: [{ ...described, archives, holds }] };
  }

  function withFile(change: object): unknown {
    return withSet({ files: [{ ...file, ...change }, ...files] });
  }
  function withSet(change: object): unknown {
    return { dataSets: [{ ...dataSet, ...change }] };
  }

  test('takes what is right', () => {
    expect(checkManifest({ dataSets: [dataSet] }).dataSets[0]).toBe(dataSet);
  });

  test.each(wrong)('refuses %s', async (_, value, message) => {
    const error = await thrownBy(() => checkManifest(value));
    expect(error.code).toBe('DATA_MANIFEST');
    expect(error.message).toMatch(message);
  });
});

test('an unknown data set is named beside the known ones', async () => {
  const manifest: Manifest = { dataSets: [smallDataSet().dataSet] };
  const error = await thrownBy(() => findDataSet(manifest, 'minst'));
  expect(error.code).toBe('DATA_UNKNOWN');
  expect(error.message).toBe('there is no data set named minst; known: small');
});
