/** The made incomes: the causal model as documented, and a net that sees what a linear model cannot. */
import { loadIncomes } from 'inkwell/data/incomes';
import { tableLoaders } from 'inkwell/data/tables/table-loaders';
import { useEngine } from 'inkwell/engine/engine';
import type { NetSpec } from 'inkwell/layers/spec';
import { mlp } from 'inkwell/models/mlp';
import { tableNet } from 'inkwell/models/table-net';
import { Learner } from 'inkwell/training/learner';
import { adam } from 'inkwell/training/optimizers';

beforeAll(async () => {
  await useEngine();
});

const columns = {
  target: 'income',
  categorical: ['bank', 'schooling', 'field', 'sector', 'region'],
  numeric: ['age', 'experience', 'hours'],
} as const;

test('the same seed gives the same people; about a fifth earn more, a few did not answer', async () => {
  const { frame, name } = await loadIncomes();
  expect(name).toBe('made incomes');
  expect((await loadIncomes({ count: 5 })).frame.rows()).toEqual(frame.head(5).rows());
  expect((await loadIncomes({ count: 5, seed: 2 })).frame.rows()).not.toEqual(frame.head(5).rows());
  const above = frame.filter(({ income }) => income === 'above 70').rowCount / frame.rowCount;
  expect(above).toBeGreaterThan(0.18);
  expect(above).toBeLessThan(0.26);
  for (const name of ['sector', 'hours'] as const) {
    const missing = frame.filter((row) => row[name] === null).rowCount / frame.rowCount;
    expect(Math.abs(missing - 0.04)).toBeLessThan(0.01);
  }
});

test('the bank has an effect through schooling, and directly only where it is asked for', async () => {
  const shares = async (directGap: number): Promise<{ all: number; alike: number }> => {
    const { frame } = await loadIncomes({ count: 40_000, directGap, noise: 0.1 });
    const gapIn = (rows: typeof frame): number => {
      const [north, south] = (['north', 'south'] as const).map((bank) => {
        const people = rows.filter((row) => row.bank === bank);
        return people.filter(({ income }) => income === 'above 70').rowCount / people.rowCount;
      }) as [number, number];
      return north - south;
    };
    const alike = frame.filter(
      ({ schooling, field, experience }) =>
        schooling === 'apprenticeship' && field === 'clockwork' && experience > 10,
    );
    return { all: gapIn(frame), alike: gapIn(alike) };
  };
  const [without, half] = [await shares(0), await shares(0.5)];
  // Through schooling and field alone the north earns more often above the threshold …
  expect(without.all).toBeGreaterThan(0.04);
  // … but not among people of one trade and training, unless the gap is direct.
  expect(Math.abs(without.alike)).toBeLessThan(0.04);
  expect(half.alike).toBeGreaterThan(0.2);
  await expect(loadIncomes({ directGap: 1 })).rejects.toThrow('directGap must be in [0, 1), got 1');
});

test('a linear model beats the majority, a net beats the linear model', async () => {
  const { frame } = await loadIncomes();
  const train = async (
    categories: 'one-hot' | 'numbers',
    netFor: typeof linear,
    epochs: number,
    learningRate: number,
  ) => {
    const loaders = tableLoaders({ frame, ...columns, categories });
    const learner = new Learner({ net: netFor(loaders), optimizer: adam() });
    await learner.fit({ train: loaders.train, epochs, learningRate });
    const scores = await learner.evaluate(loaders.validation);
    learner.dispose();
    const answers = loaders.validation.ys.dataSync();
    const above = answers.filter((number) => number === 0).length / answers.length;
    loaders.dispose();
    return { accuracy: scores['accuracy'] as number, majority: Math.max(above, 1 - above) };
  };
  const { accuracy, majority } = await train('one-hot', linear, 20, 0.02);
  expect(accuracy).toBeGreaterThan(majority + 0.07);
  expect((await train('one-hot', hidden, 12, 0.005)).accuracy).toBeGreaterThan(accuracy + 0.02);
  expect((await train('numbers', embedded, 12, 0.005)).accuracy).toBeGreaterThan(accuracy + 0.02);
});

type Encoded = Pick<ReturnType<typeof tableLoaders>, 'inputShape' | 'encoding'>;
const linear = ({ inputShape }: Encoded): NetSpec => mlp({ inputShape, hidden: [], outputs: 2 });
const hidden = ({ inputShape }: Encoded): NetSpec => mlp({ inputShape, hidden: [64, 32], outputs: 2 });
const embedded = ({ encoding }: Encoded): NetSpec => {
  const categories = encoding.categorical.map((column) => column.categories.length);
  return tableNet({ categories, numbers: encoding.features.length - categories.length });
};
