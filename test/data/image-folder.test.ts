import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { image } from 'inkwell/data/image';
import { listImages, readImage, writeImageFolder } from 'inkwell/data/image-folder';
import type { LabelledImages } from 'inkwell/data/labelled-images';
import { PNG } from 'pngjs';
import { noise, temporaryFolders, thrownBy } from './support';

const folder = temporaryFolders();

const SET: LabelledImages = {
  images: noise(24 * 6, 9),
  labels: Uint8Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 3 : 7)),
  count: 24,
  height: 2,
  width: 3,
};

describe('an image folder', () => {
  test('is listed as people count, and read back pixel for pixel', async () => {
    const directory = path.join(folder(), 'training');
    expect(await writeImageFolder(SET, directory)).toBe(24);
    expect(readdirSync(directory)).toEqual(['3', '7']);
    const listed = await listImages(directory);
    expect(listed.map(({ name }) => name).slice(0, 6)).toEqual([
      '3/0.png',
      '3/2.png',
      '3/4.png',
      '3/6.png',
      '3/8.png',
      '3/10.png',
    ]);
    expect(listed.length).toBe(24);
    for (const { name, label, path: file } of listed) {
      const { pixels, height, width, label: expected } = image(SET, Number(path.basename(name, '.png')));
      expect(await readImage(file)).toEqual({ pixels: Uint8Array.from(pixels), height, width });
      expect(label).toBe(String(expected));
    }
  });

  test('holds as many of each class as were asked for', async () => {
    const directory = folder();
    expect(await writeImageFolder(SET, directory, { limitPerClass: 2 })).toBe(4);
    expect((await listImages(directory)).map(({ name }) => name)).toEqual([
      '3/0.png',
      '3/2.png',
      '7/1.png',
      '7/3.png',
    ]);
    await expect(writeImageFolder(SET, directory, { limitPerClass: 1.5 })).rejects.toThrow(RangeError);
  });

  test('its files are 8-bit grey', async () => {
    const directory = folder();
    await writeImageFolder(SET, directory, { limitPerClass: 1 });
    // The IHDR chunk: bit depth at byte 24, colour type (0: grey) at 25.
    expect([...readFileSync(path.join(directory, '3', '0.png')).subarray(24, 26)]).toEqual([8, 0]);
  });

  test('other files in it are passed over', async () => {
    const directory = folder();
    mkdirSync(path.join(directory, '5'));
    for (const name of ['labels.csv', '5/notes.txt', 'loose.png'])
      writeFileSync(path.join(directory, name), '');
    expect(await listImages(directory)).toEqual([]);
  });

  test('a colour picture is read by its luma', async () => {
    const png = new PNG({ width: 2, height: 1 });
    png.data = Buffer.from([255, 0, 0, 255, 0, 255, 0, 255]);
    const file = path.join(folder(), 'colour.png');
    writeFileSync(file, PNG.sync.write(png));
    expect([...(await readImage(file)).pixels]).toEqual([76, 150]);
  });

  test('what cannot be listed or read is said', async () => {
    const directory = folder();
    expect((await thrownBy(listImages(path.join(directory, 'nowhere')))).code).toBe('DATA_MISSING');
    writeFileSync(path.join(directory, 'x.png'), 'no png');
    expect((await thrownBy(readImage(path.join(directory, 'x.png')))).code).toBe('DATA_UNREADABLE');
    expect((await thrownBy(readImage(path.join(directory, 'y.png')))).code).toBe('DATA_MISSING');
    writeFileSync(path.join(directory, 'file'), '');
    expect((await thrownBy(writeImageFolder(SET, path.join(directory, 'file')))).code).toBe('DATA_READ_ONLY');
  });
});
