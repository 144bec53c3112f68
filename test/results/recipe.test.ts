import { outputShape } from 'inkwell/layers/net';
import { parameterCount } from 'inkwell/layers/summary';
import { fitPartsOf, isSameRecipe, type Recipe } from 'inkwell/results/recipe';
import { findRow, type NetRow, ROWS, seedsOf } from 'inkwell/results/rows';
import type { Schedule } from 'inkwell/training/schedules';
import { smallRecipe, smallVote } from './small';

test("Nielsen's λ is divided by the batches of an epoch, as his library does", () => {
  expect(fitPartsOf({ ...smallRecipe, lambda: 0.1 }, 50_000).l2).toBeCloseTo(0.1 / 5000, 12);
  expect(fitPartsOf({ ...smallRecipe, lambda: 0 }, 50_000).l2).toBe(0);
});

test('rates follow their kind', () => {
  const rateOf = (learningRate: Recipe['learningRate']): number | Schedule =>
    fitPartsOf({ ...smallRecipe, learningRate }, 100).learningRate;
  expect(rateOf(0.03)).toBe(0.03);
  const annealed = rateOf({ kind: 'exponential', from: 1e-3, to: 1e-6 }) as Schedule;
  const at = (epoch: number): number => annealed({ step: epoch * 10, steps: 40, epoch, epochs: 4 });
  expect(at(0)).toBeCloseTo(1e-3, 12);
  expect(at(1)).toBeCloseTo(1e-4, 12);
  expect(at(3)).toBeCloseTo(1e-6, 12);
});

test('recipes are compared by what they hold, not by the order of their fields', () => {
  const turned = Object.fromEntries(Object.entries(smallRecipe).reverse()) as unknown as Recipe;
  expect(isSameRecipe(smallRecipe, turned)).toBe(true);
  expect(isSameRecipe(smallRecipe, { ...smallRecipe, lambda: 0.2 })).toBe(false);
  const [, ...layers] = smallRecipe.net.layers;
  expect(isSameRecipe(smallRecipe, { ...smallRecipe, net: { ...smallRecipe.net, layers } })).toBe(false);
});

test('every row has a name of its own and a net that can be', () => {
  expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  for (const row of ROWS) {
    if (row.kind === 'net') expect(outputShape(row.recipe.net)).toEqual([10]);
    else expect(findRow(row.of).kind).toBe('net');
  }
});

test('the rows of the seed are at its protocol', () => {
  const published = ROWS.filter((row): row is NetRow => row.kind === 'net' && row.published !== undefined);
  expect(published).toHaveLength(11);
  for (const { recipe, name } of published) {
    const { batchSize, train, validation, epochs, learningRate, optimizer } = recipe;
    expect({ batchSize, train, validation, optimizer }).toEqual({
      batchSize: 10,
      train: 50_000,
      validation: 10_000,
      optimizer: 'sgd',
    });
    expect(epochs).toBe(name === 'dropout' ? 40 : 60);
    expect(learningRate).toBe(name.endsWith('sigmoid') ? 0.1 : 0.03);
  }
  const parametersOf = (name: string): number => parameterCount((findRow(name) as NetRow).recipe.net);
  expect(parametersOf('dense-sigmoid')).toBe(784 * 100 + 100 + 1010);
  expect(parametersOf('conv1-sigmoid')).toBe(520 + 2880 * 100 + 100 + 1010);
});

test('an unknown row is told with those that there are', () => {
  expect(() => findRow('conv3')).toThrow(/there is no row named conv3\nThe rows are dense-sigmoid, /);
});

test('runs have seeds one after another, votes those of their nets', () => {
  expect(seedsOf(findRow('conv2-relu'))).toEqual([1, 2, 3]);
  expect(seedsOf(findRow('conv2-relu'), 2, 7)).toEqual([7, 8]);
  expect(seedsOf({ ...smallVote, runs: 3 })).toEqual([1, 4, 7]);
});
