/** Loaders of made pictures, as a chapter uses them. */
import { facts } from 'inkwell/core/facts';
import { loadPets } from 'inkwell/data/pets';
import { type ColourImage, maskTensor, pictureTensor } from 'inkwell/data/pictures/colour-image';
import { pictureLoaders } from 'inkwell/data/pictures/labelled-pictures';
import { maskLoaders } from 'inkwell/data/pictures/segmented-pictures';
import { loadStreetScenes } from 'inkwell/data/street-scenes';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';

beforeAll(() => useEngine());

const ORIGIN = { name: 'two pixels', source: 'this test', citation: '' };
const picture = (...pixels: number[]): ColourImage => ({
  pixels: Uint8Array.from(pixels),
  height: 1,
  width: pixels.length,
  channels: 1,
});

test('cats and dogs come as pictures and names, or as tensors', async () => {
  const pets = await loadPets({ count: 20, seed: 3 });
  expect(pets).toMatchObject({
    name: 'made cats and dogs',
    source: 'drawn by this project, seed 3',
    inputShape: [64, 64, 3],
    classes: ['cat', 'dog'],
  });
  expect(facts().dataSets).toContain('made cats and dogs');
  const { train, validation } = pets;
  expect([train.count, validation.count]).toEqual([16, 4]);
  await withoutLeaks(() => {
    expect(train.xs.shape).toEqual([16, 64, 64, 3]);
    expect(train.ys.dtype).toBe('int32');
    expect([...train.ys.dataSync()]).toEqual(
      Array.from({ length: 16 }, (_, index) => pets.classes.indexOf(train.answer(index))),
    );
    const first = train.item(0).pixels;
    expect(Math.round((train.xs.dataSync()[5] as number) * 255)).toBe(first[5]);
    pets.dispose();
  });
});

test('street scenes come with a class for each pixel', async () => {
  const streets = await loadStreetScenes({ count: 10 });
  expect(streets).toMatchObject({ name: 'made street scenes', inputShape: [64, 96, 3] });
  expect(streets.classes.length).toBe(8);
  const { validation } = streets;
  expect([validation.xs.shape, validation.ys.shape]).toEqual([
    [2, 64, 96, 3],
    [2, 64, 96],
  ]);
  expect([...validation.ys.dataSync().subarray(0, 6144)]).toEqual([...validation.answer(0).pixels]);
  streets.dispose();
});

test('pictures that do not fit together are named', () => {
  expect(() => pictureTensor([])).toThrow('pictureTensor: expected at least one picture, got none');
  expect(() => pictureTensor([picture(1, 2), picture(1)])).toThrow(
    'pictureTensor: all must be 1 × 2 × 1 like the first, got 1 × 1 × 1 at 1',
  );
  expect(() => maskTensor([{ ...picture(1, 2), height: 2 }])).toThrow(
    'maskTensor: all must be 2 × 2 × 1 like the first, got 2 values at 0',
  );
  const set = { pictures: [picture(1, 2)], labels: ['cow'], classes: ['cat', 'dog'] };
  expect(() => pictureLoaders(set, ORIGIN)).toThrow('labels must be among cat, dog, got cow');
  const masks = (mask: ColourImage): unknown =>
    maskLoaders({ pictures: [picture(1, 2)], masks: [mask], classes: ['a', 'b'] }, ORIGIN);
  expect(() => masks(picture(0))).toThrow('masks must have the size of the pictures, 1 × 2, got 1 × 1 at 0');
  expect(() => masks(picture(0, 2))).toThrow('class numbers must be 0 … 1, got 2 in the mask at 0');
});
