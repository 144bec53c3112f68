import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readMany } from 'inkwell/data/pictures/read-many';
import { readPicture } from 'inkwell/data/pictures/read-picture';
import { temporaryFolders, thrownBy } from '../support';
import { plain, writePicture } from './files';

const folder = temporaryFolders();
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

/** The pixel in a row and column. */
const at = (
  { pixels, width, channels }: Awaited<ReturnType<typeof readPicture>>,
  row: number,
  column: number,
): number[] => [...pixels.subarray((row * width + column) * channels, (row * width + column + 1) * channels)];

describe('readPicture', () => {
  test.each(['png', 'webp'])('reads a %s value for value, in colour and in grey', async (extension) => {
    const file = await writePicture(path.join(folder(), `x.${extension}`), [[RED, [1, 2, 3]]]);
    expect(await readPicture(file)).toEqual({
      pixels: Uint8Array.of(255, 0, 0, 1, 2, 3),
      height: 1,
      width: 2,
      channels: 3,
    });
    expect(await readPicture(file, { channels: 1 })).toMatchObject({ pixels: Uint8Array.of(76, 2) });
  });

  test('reads a jpeg, and a grey picture as a coloured one', async () => {
    const jpeg = await readPicture(await writePicture(path.join(folder(), 'x.jpg'), plain(8, 8, RED)));
    expect(at(jpeg, 4, 4)[0]).toBeGreaterThan(250);
    const grey = await readPicture(await writePicture(path.join(folder(), 'x.png'), [[7, 200]]));
    expect([...grey.pixels]).toEqual([7, 7, 7, 200, 200, 200]);
  });

  test('turns a picture as the camera says', async () => {
    // Orientation 6: what is stored on the left belongs on top.
    const rows = Array.from({ length: 8 }, () => [
      ...(plain(1, 8, RED)[0] as number[][]),
      ...(plain(1, 8, BLUE)[0] as number[][]),
    ]);
    const file = await writePicture(path.join(folder(), 'x.jpg'), rows, { orientation: 6 });
    const picture = await readPicture(file);
    expect([picture.height, picture.width]).toEqual([16, 8]);
    expect(at(picture, 2, 4)[0]).toBeGreaterThan(200);
    expect(at(picture, 13, 4)[2]).toBeGreaterThan(200);
  });

  test('lays transparency on white', async () => {
    const file = await writePicture(path.join(folder(), 'x.png'), [
      [
        [255, 0, 0, 0],
        [255, 0, 0, 255],
      ],
    ]);
    expect([...(await readPicture(file)).pixels]).toEqual([255, 255, 255, 255, 0, 0]);
  });

  test('covers, contains or stretches', async () => {
    // Twice as wide as high: red, blue, blue, red, each a square of 4 × 4.
    const row = [RED, BLUE, BLUE, RED].flatMap((colour) => plain(1, 4, colour)[0] as number[][]);
    const file = await writePicture(
      path.join(folder(), 'x.png'),
      Array.from({ length: 8 }, () => row),
    );
    const size = { height: 8, width: 8 };
    const [cover, contain, stretch] = [
      await readPicture(file, size),
      await readPicture(file, { ...size, fit: 'contain' }),
      await readPicture(file, { ...size, fit: 'stretch' }),
    ];
    for (const { height, width } of [cover, contain, stretch]) expect([height, width]).toEqual([8, 8]);
    expect([at(cover, 4, 0), at(cover, 4, 7)]).toEqual([BLUE, BLUE]);
    expect([at(contain, 0, 4), at(contain, 4, 0)]).toEqual([[255, 255, 255], RED]);
    expect([at(stretch, 0, 0), at(stretch, 0, 4)]).toEqual([RED, BLUE]);
  });

  test('says which file is missing, no picture, or cut short', async () => {
    const directory = folder();
    const missing = await thrownBy(readPicture(path.join(directory, 'gone.png')));
    expect(missing).toMatchObject({ code: 'DATA_MISSING' });
    expect(missing.message).toContain('gone.png cannot be read');
    writeFileSync(path.join(directory, 'notes.png'), 'no picture');
    const wrong = await thrownBy(readPicture(path.join(directory, 'notes.png')));
    expect(wrong.code).toBe('DATA_UNREADABLE');
    expect(wrong.message).toContain('notes.png cannot be read as a picture: ');
    expect(wrong.hint).toBe('Open notes.png in a viewer; take it away, or put a whole picture in its place.');
    const dotted = plain(64, 64, RED).map((row, y) => row.map((red, x) => ((x * y) % 7 ? red : BLUE)));
    const whole = await writePicture(path.join(directory, 'cut.jpg'), dotted);
    const bytes = readFileSync(whole);
    writeFileSync(whole, bytes.subarray(0, bytes.length / 2));
    expect((await thrownBy(readPicture(whole))).code).toBe('DATA_UNREADABLE');
    await expect(readPicture(whole, { height: 0, width: 3 })).rejects.toThrow(
      'readPicture: height must be a whole number of at least 1, got 0',
    );
    await expect(readPicture(whole, { height: 3 })).rejects.toThrow('width must be a whole number');
  });
});

describe('readMany', () => {
  test('keeps the order and never has more under way than it may', async () => {
    let [now, most] = [0, 0];
    const progress: number[] = [];
    const results = await readMany(
      Array.from({ length: 20 }, (_, i) => i),
      async (item) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 20 - item));
        now--;
        return 2 * item;
      },
      { atOnce: 3, onProgress: ({ done }) => progress.push(done) },
    );
    expect(results).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
    expect(most).toBe(3);
    expect(progress).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('the first failure stops the rest; a signal too', async () => {
    const asked: number[] = [];
    const read = async (item: number): Promise<number> => {
      asked.push(item);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (item === 1) throw new Error('one is wrong');
      return item;
    };
    const items = Array.from({ length: 50 }, (_, i) => i);
    await expect(readMany(items, read, { atOnce: 2 })).rejects.toThrow('one is wrong');
    expect(asked.length).toBeLessThan(5);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readMany(items, read, { signal })).rejects.toThrow('enough');
  });
});
