import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readBookInfo } from 'inkwell/cli/book-info';

test('this book tells its data sets with their licences, as the manifest has them', async () => {
  const { dataSets = [], bibliography = '' } = await readBookInfo();
  expect(path.isAbsolute(bibliography)).toBe(true);
  expect(dataSets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['MNIST', 'Adult', 'MovieLens 100K', 'IMDb', 'Oxford-IIIT Pet', 'CamVid']),
  );
  expect(dataSets.find(({ name }) => name === 'Adult')?.license).toMatch(/^CC BY 4\.0/);
});

test('a manifest that cannot be read is named', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-book-info-'));
  try {
    const file = path.join(folder, 'book.json');
    writeFileSync(file, '{"title": "Mine", "dataSets": "none.json"}');
    await expect(readBookInfo(file)).rejects.toMatchObject({
      code: 'BOOK_INFO',
      message: expect.stringMatching(/book\.json cannot be read: the data manifest cannot be read/),
    });
    writeFileSync(file, '{"title": "Mine"}');
    expect(await readBookInfo(file)).toEqual({ title: 'Mine' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
