import { loadDigits } from 'inkwell/data/digits';
import { type DigitLoaders, digitLoaders, pairLoaders } from 'inkwell/data/loaders/digit-loaders';
import { useEngine } from 'inkwell/engine/engine';

beforeAll(() => useEngine());

const digits = loadDigits({ source: 'made', trainCount: 200, testCount: 10 });

/** Whether each row holds its picture, and each answer is the item's own. */
function expectConsistent({ validation }: DigitLoaders): void {
  const rows = validation.xs.arraySync() as number[][];
  const answers = Array.from(validation.ys.dataSync());
  for (const [i, row] of rows.entries()) {
    const { pixels } = validation.item(i);
    expect(row).toHaveLength(784);
    expect(row.map((value) => Math.round(255 * value))).toEqual(Array.from(pixels));
    expect(answers[i]).toBe(validation.answer(i));
  }
}

test('a pair: 1 for the first digit, 0 for the second, in a column', async () => {
  const loaders = pairLoaders(await digits, [7, 3]);
  const { train, validation, classes, inputShape, name } = loaders;
  expect([classes, inputShape, name]).toEqual([['3', '7'], [784], 'made digits']);
  expect(train.ys.shape).toEqual([train.count, 1]);
  expect(validation.count).toBe(Math.round((train.count + validation.count) / 5));
  for (const part of [train, validation]) {
    for (let i = 0; i < part.count; i++) expect(part.item(i).label).toBe(part.answer(i) === 1 ? 7 : 3);
  }
  expectConsistent(loaders);
  loaders.dispose();
});

test('all ten: class numbers', async () => {
  const loaders = digitLoaders(await digits, { validationFraction: 0.1, seed: 4 });
  expect([loaders.train.count, loaders.validation.count]).toEqual([180, 20]);
  expect([loaders.train.ys.shape, loaders.train.ys.dtype]).toEqual([[180], 'int32']);
  expect(loaders.classes).toHaveLength(10);
  expectConsistent(loaders);
  loaders.dispose();
});

test('names a digit that cannot be', async () => {
  const set = await digits;
  expect(() => pairLoaders(set, [3, 2.5])).toThrow('digits must be whole numbers in 0 … 255, got 2.5');
});
