import { rmSync } from 'node:fs';
import path from 'node:path';
import type { MaskClasses } from 'inkwell/data/pictures/mask-classes';
import { classOfColour } from 'inkwell/data/pictures/mask-classes';
import { segmentationLoaders } from 'inkwell/data/pictures/segmentation-loaders';
import { useEngine } from 'inkwell/engine/engine';
import { temporaryFolders, thrownBy } from '../support';
import { type Pixel, plain, writePicture } from './files';

const folder = temporaryFolders();
const CLASSES = ['sky', 'road', 'car'];
const SIZE = { height: 6, width: 6 };

beforeAll(() => useEngine());

/** Five pictures whose left half is dark and whose right half is bright, with masks that say so. */
async function someFolder(mask: readonly (readonly Pixel[])[] = halves(12, 24, 1, 2)): Promise<string> {
  const directory = folder();
  for (let index = 0; index < 5; index++) {
    await writePicture(
      path.join(directory, `images/${index}.png`),
      halves(12, 24, [0, 0, 40], [250, 250, 250]),
    );
    await writePicture(path.join(directory, `masks/${index}_L.png`), mask);
  }
  return directory;
}

function halves(height: number, width: number, left: Pixel, right: Pixel): Pixel[][] {
  return Array.from({ length: height }, () =>
    Array.from({ length: width }, (_, column) => (column < width / 2 ? left : right)),
  );
}

const load = (directory: string, classes: MaskClasses = CLASSES): ReturnType<typeof segmentationLoaders> =>
  segmentationLoaders({
    images: path.join(directory, 'images'),
    masks: path.join(directory, 'masks'),
    maskOf: (name) => `${name}_L`,
    classes,
    ...SIZE,
  });

test('pictures and masks are cut alike, and masks keep their numbers', async () => {
  const loaders = await load(await someFolder());
  expect(loaders).toMatchObject({ name: 'images', classes: CLASSES, inputShape: [6, 6, 3] });
  const { train } = loaders;
  expect([train.count, loaders.validation.count]).toEqual([4, 1]);
  expect(train.ys.shape).toEqual([4, 6, 6]);
  expect(train.ys.dtype).toBe('int32');
  expect([...train.answer(0).pixels.subarray(0, 6)]).toEqual([1, 1, 1, 2, 2, 2]);
  const bright = [...train.item(0).pixels.subarray(0, 18)]
    .filter((_, i) => i % 3 === 0)
    .map((red) => red > 125);
  expect(bright).toEqual([false, false, false, true, true, true]);
  loaders.dispose();
});

test('masks may say classes by colours, several colours one class', async () => {
  const mask = halves(12, 24, [128, 64, 128], [0, 0, 192]);
  const classes = [
    { name: 'void', colours: [[0, 0, 0] as const] },
    { name: 'flat', colours: [[128, 64, 128] as const, [0, 0, 192] as const] },
  ];
  const loaders = await load(await someFolder(mask), classes);
  expect(loaders.classes).toEqual(['void', 'flat']);
  expect(new Set(loaders.train.answer(0).pixels)).toEqual(new Set([1]));
});

test('a palette is colours: without them it is refused, with them read', async () => {
  const directory = await someFolder();
  const colours = halves(12, 24, [200, 0, 0], [0, 0, 200]);
  for (let index = 0; index < 5; index++) {
    await writePicture(path.join(directory, `masks/${index}_L.png`), colours, { palette: true });
  }
  const error = await thrownBy(load(directory));
  expect(error.message).toMatch(
    /\d_L\.png: the pixel at row 0, column 0 is \[200, 0, 0\], which is no class/,
  );
  expect(error.hint).toMatch(/^The mask has a palette, so its pixels are colours, not numbers: give/);
  const classes = [
    { name: 'left', colours: [[200, 0, 0] as const] },
    { name: 'right', colours: [[0, 0, 200] as const] },
  ];
  expect([...(await load(directory, classes)).train.answer(0).pixels.subarray(0, 6)]).toEqual([
    0, 0, 0, 1, 1, 1,
  ]);
});

test('what does not belong together is named', async () => {
  const directory = await someFolder();
  const mask = path.join(directory, 'masks/3_L.png');
  const stray = halves(12, 24, 1, 2);
  (stray[4] as Pixel[])[7] = 9;
  await writePicture(mask, stray);
  const unknown = await thrownBy(load(directory));
  expect(unknown.code).toBe('DATA_FORMAT');
  expect(unknown.message).toContain('3_L.png: the pixel at row 4, column 7 is 9, which is no class');
  await writePicture(mask, plain(12, 20, 1));
  expect((await thrownBy(load(directory))).message).toContain(
    '3_L.png must have the size of its picture, 12 × 24, got 12 × 20',
  );
  rmSync(mask);
  const without = await thrownBy(load(directory));
  expect(without.code).toBe('DATA_INCOMPLETE');
  expect(without.message).toContain('3.png has no mask');
  rmSync(path.join(directory, 'images/3.png'));
  await writePicture(path.join(directory, 'masks/lonely_L.png'), plain(12, 24, 1));
  expect((await thrownBy(load(directory))).message).toContain('lonely_L.png is the mask of no picture');
});

test('classes are checked', () => {
  expect(() => classOfColour([])).toThrow('there must be 1 to 256, got 0');
  expect(() => classOfColour([{ name: 'sky' }])).toThrow('sky has neither values nor colours');
  const twice = [
    { name: 'sky', values: [3] },
    { name: 'road', colours: [[3, 3, 3] as const] },
  ];
  expect(() => classOfColour(twice)).toThrow('sky and road have the same value or colour');
});
