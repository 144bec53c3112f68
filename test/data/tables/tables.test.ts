import { tableLoaders } from 'inkwell/data/tables/table-loaders';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { frame } from 'inkwell/frames/create';
import { expectClose } from '../../fixtures/close';

beforeAll(() => useEngine());

/** Of the four rows to train on the ages are 1, 3, 5 and missing; the fifth row comes to validation. */
const table = frame([
  { age: 1, town: 'Ulm', open: true, score: 2, verdict: 'no' },
  { age: 3, town: 'Bath', open: false, score: 4, verdict: 'yes' },
  { age: 5, town: null, open: true, score: 6, verdict: 'no' },
  { age: null, town: 'Ulm', open: true, score: 8, verdict: 'yes' },
]);
const all = { frame: table, target: 'verdict', validationFraction: 0, seed: 1 } as const;

/** The rows of `xs` in the order of the frame. */
function rowsOf(loaders: ReturnType<typeof tableLoaders>): number[][] {
  const xs = loaders.encoding.encode(table.rows());
  const rows = xs.arraySync();
  xs.dispose();
  return rows;
}

describe('columns of numbers', () => {
  test('are scaled by the training part; what is missing becomes the median and says so', () => {
    const loaders = tableLoaders({ ...all, numeric: ['age', 'score'] });
    const { features, numeric } = loaders.encoding;
    expect(features).toEqual(['age', 'age is missing', 'score']);
    const deviation = Math.sqrt(8 / 3);
    expect(numeric[0]).toMatchObject({ mean: 3, median: 3, hasMissing: true });
    expect(numeric[0]?.deviation).toBeCloseTo(deviation, 12);
    const ages = rowsOf(loaders).map(([age]) => age as number);
    expectClose(ages, [-2 / deviation, 0, 2 / deviation, 0], 1e-6);
    expect(rowsOf(loaders).map(([, missing]) => missing)).toEqual([0, 0, 0, 1]);
    loaders.dispose();
  });

  test('that never change are 0, and nothing else', () => {
    const flat = frame({ age: [7, 7, 7], verdict: ['a', 'b', 'a'] });
    const { encoding } = tableLoaders({
      frame: flat,
      target: 'verdict',
      numeric: ['age'],
      validationFraction: 0,
    });
    const xs = encoding.encode([
      { age: 7, verdict: 'a' },
      { age: 9, verdict: 'a' },
    ]);
    expect(xs.arraySync()).toEqual([[0], [2]]);
    xs.dispose();
  });
});

describe('columns of categories', () => {
  test('become a column each, what is missing or new one too', () => {
    const loaders = tableLoaders({ ...all, categorical: ['town', 'open'] });
    expect(loaders.encoding.features).toEqual([
      ...['town = (missing or new)', 'town = Bath', 'town = Ulm'],
      ...['open = (missing or new)', 'open = false', 'open = true'],
    ]);
    expect(rowsOf(loaders).map((row) => row.join(''))).toEqual(['001001', '010010', '100001', '001001']);
    const stranger = { age: 1, town: 'Wien', open: true, score: 1, verdict: 'no' };
    const xs = loaders.encoding.encode([stranger]);
    expect(xs.arraySync()).toEqual([[1, 0, 0, 0, 0, 1]]);
    xs.dispose();
  });

  test('or one number each, in front, for a net that embeds them', () => {
    const loaders = tableLoaders({
      ...all,
      categorical: ['town'],
      numeric: ['score'],
      categories: 'numbers',
    });
    expect(loaders.encoding.features).toEqual(['town', 'score']);
    expect(rowsOf(loaders).map(([town]) => town)).toEqual([2, 1, 0, 2]);
  });
});

test('what only the validation part holds does not reach the encoding', () => {
  const count = 50;
  const numbers = Array.from({ length: count }, (_, i) => i);
  const rows = frame({
    id: numbers.map(String),
    value: numbers,
    verdict: numbers.map((i) => (i % 2 ? 'odd' : 'even')),
  });
  const loaders = tableLoaders({ frame: rows, target: 'verdict', categorical: ['id'], numeric: ['value'] });
  const [ids] = loaders.encoding.categorical;
  const [value] = loaders.encoding.numeric;
  expect(ids?.categories).toHaveLength(40 + 1);
  for (let i = 0; i < loaders.validation.count; i++) {
    expect(ids?.numberOf(loaders.validation.item(i).id)).toBe(0);
  }
  const train = Array.from({ length: 40 }, (_, i) => loaders.train.item(i).value);
  expect(value?.mean).toBeCloseTo(train.reduce((sum, number) => sum + number, 0) / 40, 10);
  loaders.dispose();
});

describe('targets', () => {
  test('are classes where they are names, quantities where they are numbers', async () => {
    await withoutLeaks(() => {
      const classes = tableLoaders({ ...all, numeric: ['age'] });
      expect(classes.classes).toEqual(['no', 'yes']);
      expect(classes.train.ys.dtype).toBe('int32');
      classes.dispose();
      const quantities = tableLoaders({ ...all, target: 'score', numeric: ['age'] });
      expect(quantities.classes).toEqual([]);
      expect(quantities.train.ys.dtype).toBe('float32');
      expect(tf.tidy(() => quantities.train.ys.sum().dataSync()[0])).toBe(20);
      quantities.dispose();
    });
  });

  test('and everything that is wrong is named', () => {
    expect(() => tableLoaders({ ...all })).toThrow('tableLoaders: needs at least one column, got none');
    expect(() => tableLoaders({ ...all, numeric: ['town'] })).toThrow(
      'column "town" must hold numbers, but holds "',
    );
    expect(() => tableLoaders({ ...all, categorical: ['verdict'] })).toThrow('"verdict" is the target');
    expect(() => tableLoaders({ ...all, target: 'town', numeric: ['age'] })).toThrow(
      'the target "town" is missing in row 2; leave such rows out (frame.filter)',
    );
    expect(() => tableLoaders({ ...all, numeric: ['size' as 'age'] })).toThrow('no column "size"');
    const empty = frame({ age: [null, null], verdict: ['a', 'b'] });
    expect(() =>
      tableLoaders({ frame: empty, target: 'verdict', numeric: ['age'], validationFraction: 0 }),
    ).toThrow('column "age" holds no value to train on');
  });
});
