import { createRandom } from 'inkwell/core/random';
import { compile } from 'inkwell/engine/compile/compile';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { randomKey } from 'inkwell/layers/random';
import { augment } from 'inkwell/training/augment/augment';
import { elasticDisplacement } from 'inkwell/training/augment/elastic';
import { sampleBilinear } from 'inkwell/training/augment/sample';
import { scoped } from 'inkwell/training/scoped';
import { expectClose } from '../../fixtures/close';

const SIZE = 21;

beforeAll(async () => {
  await useEngine();
});

/** A bar, `height × width` pixels, in the middle of each of `count` pictures. */
function bars(count: number, height = 13, width = 3): tf.Tensor4D {
  const middle = (SIZE - 1) / 2;
  const isIn = (i: number, extent: number): boolean => Math.abs(i - middle) <= (extent - 1) / 2;
  const one = Float32Array.from({ length: SIZE * SIZE }, (_, i) =>
    isIn(Math.floor(i / SIZE), height) && isIn(i % SIZE, width) ? 1 : 0,
  );
  return tf.tidy(() => tf.tile(tf.tensor4d(one, [1, SIZE, SIZE, 1]), [count, 1, 1, 1]));
}

/** What a picture's ink looks like from afar. */
interface Moments {
  readonly mass: number;
  /** Of the centre, from the middle, in pixels. */
  readonly row: number;
  readonly column: number;
  readonly varianceRow: number;
  readonly varianceColumn: number;
  readonly covariance: number;
}

function momentsOf(xs: tf.Tensor): Moments[] {
  const pictures = tf.tidy(() => tf.reshape(xs, [-1, SIZE * SIZE]).arraySync() as number[][]);
  return pictures.map((ink) => {
    const mass = ink.reduce((sum, value) => sum + value, 0);
    const mean = (f: (row: number, column: number) => number): number =>
      ink.reduce((sum, value, i) => sum + value * f(Math.floor(i / SIZE) - 10, (i % SIZE) - 10), 0) / mass;
    const [row, column] = [mean((r) => r), mean((_, c) => c)];
    return {
      mass,
      row,
      column,
      varianceRow: mean((r) => (r - row) ** 2),
      varianceColumn: mean((_, c) => (c - column) ** 2),
      covariance: mean((r, c) => (r - row) * (c - column)),
    };
  });
}

function momentsUnder(options: Parameters<typeof augment>[0], count = 200): Moments[] {
  return scoped(() => momentsOf(augment(options)(bars(count), randomKey(1, 1))));
}

const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

/** Expects values that fill −limit … limit and keep to it. */
function expectSpread(values: readonly number[], limit: number): void {
  const [low, high] = range(values);
  expect(low).toBeGreaterThanOrEqual(-1.05 * limit);
  expect(low).toBeLessThan(-0.85 * limit);
  expect(high).toBeLessThanOrEqual(1.05 * limit);
  expect(high).toBeGreaterThan(0.85 * limit);
}

test('nothing asked for, nothing changed', () => {
  tf.tidy(() => {
    const xs = tf.randomUniform([3, 9, 7, 2], 0, 1, 'float32', 1);
    expectClose(augment({})(xs, randomKey(1, 1)).dataSync(), xs.dataSync(), 1e-6);
  });
});

test('translation moves the ink as far as it may, and keeps it', () => {
  const moments = momentsUnder({ translationPixels: 3 });
  expectSpread(
    moments.map(({ row }) => row),
    3,
  );
  expectSpread(
    moments.map(({ column }) => column),
    3,
  );
  for (const { mass } of moments) expect(mass).toBeCloseTo(39, 3);
});

test('rotation turns it by as much as it may, about the middle', () => {
  const moments = momentsUnder({ rotationDegrees: 30 });
  // The direction of the long axis, from its covariance matrix.
  const angles = moments.map(
    ({ varianceRow, varianceColumn, covariance }) =>
      ((Math.atan2(2 * covariance, varianceRow - varianceColumn) / 2) * 180) / Math.PI,
  );
  expectSpread(angles, 30);
  for (const { row, column } of moments) expect(Math.hypot(row, column)).toBeLessThan(0.05);
});

test('skew leans it', () => {
  const moments = momentsUnder({ skew: 0.3 });
  expectSpread(
    moments.map(({ covariance, varianceRow }) => covariance / varianceRow),
    0.3,
  );
});

test('scaling stretches each direction by itself', () => {
  const moments = momentsUnder({ scale: 0.25 });
  const [low, high] = range(moments.map(({ mass }) => mass / 39));
  expect(low).toBeLessThan(0.75);
  expect(low).toBeGreaterThan(0.8 ** 2 - 0.06);
  expect(high).toBeGreaterThan(1.35);
  expect(high).toBeLessThan(1.25 ** 2 + 0.06);
});

test('elastic distortion has the strength that smoothing leaves, and is smooth', () => {
  const { rows, columns } = scoped(() => {
    const field = elasticDisplacement([200, 41, 41], { alpha: 34, sigma: 4 }, randomKey(2, 1));
    const inner = (t: tf.Tensor): number[][][] =>
      tf.slice(t, [0, 12, 12], [200, 17, 17]).arraySync() as number[][][];
    return { rows: inner(field.rows), columns: inner(field.columns) };
  });
  // Uniform in ±34 has deviation 34/√3; a Gaussian of σ = 4 divides it by 2·σ·√π.
  const expected = 34 / Math.sqrt(3) / (2 * 4 * Math.sqrt(Math.PI));
  for (const field of [rows, columns]) {
    const values = field.flat(2);
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.1);
    const steps = field.flatMap((picture) =>
      picture.flatMap((row) => row.slice(1).map((value, i) => value - (row[i] as number))),
    );
    expect(Math.max(...steps.map(Math.abs))).toBeLessThan(expected);
  }
  expect(rows).not.toEqual(columns);
});

test('sampling between pixels agrees with the formula written out', () => {
  const random = createRandom(3);
  const [count, height, width] = [3, 5, 6];
  const picture = Array.from({ length: count }, () =>
    Array.from({ length: height }, () =>
      Array.from({ length: width }, () => [random.uniform(), random.uniform()]),
    ),
  );
  const places = (): number[][][] =>
    Array.from({ length: count }, () =>
      Array.from({ length: height }, () => Array.from({ length: width }, () => random.between(-3, 8))),
    );
  const [rows, columns] = [places(), places()];
  const pixel = (n: number, y: number, x: number, c: number): number => picture[n]?.[y]?.[x]?.[c] ?? 0;
  const expected = rows.flatMap((rowsOf, n) =>
    rowsOf.flatMap((line, i) =>
      line.flatMap((y, j) => {
        const x = columns[n]?.[i]?.[j] as number;
        const [top, left] = [Math.floor(y), Math.floor(x)];
        return [0, 1].map((c) =>
          [0, 1].reduce((sum, dy) => {
            const sides = [0, 1].map(
              (dx) =>
                (1 - Math.abs(y - top - dy)) *
                (1 - Math.abs(x - left - dx)) *
                pixel(n, top + dy, left + dx, c),
            );
            return sum + (sides[0] as number) + (sides[1] as number);
          }, 0),
        );
      }),
    ),
  );
  tf.tidy(() => {
    const actual = sampleBilinear(tf.tensor4d(picture), tf.tensor3d(rows), tf.tensor3d(columns));
    expectClose(actual.dataSync(), expected, 1e-5);
  });
});

test('the key decides: in a graph as outside, with no leak', async () => {
  const change = augment({ rotationDegrees: 20, translationPixels: 2, elastic: { alpha: 20, sigma: 3 } });
  const compiled = compile(({ xs, key }: { xs: tf.Tensor; key: tf.Tensor }) =>
    change(xs, key as tf.Tensor1D),
  );
  const xs = bars(5);
  const run = (f: (key: tf.Tensor1D) => tf.Tensor, step: number): number[] =>
    tf.tidy(() => [...f(randomKey(1, step)).dataSync()]);
  const inGraph = (key: tf.Tensor1D): tf.Tensor => compiled({ xs, key });
  const outside = (key: tf.Tensor1D): tf.Tensor => change(xs, key);
  for (const step of [1, 2, 3, 4]) expectClose(run(inGraph, step), run(outside, step), 1e-5);
  await withoutLeaks(() => {
    expect(run(inGraph, 5)).not.toEqual(run(inGraph, 6));
    expect(run(outside, 5)).toEqual(run(outside, 5));
  });
  compiled.dispose();
  xs.dispose();
});

test('wrong arguments', () => {
  expect(() => augment({ skew: -1 })).toThrow(
    new RangeError('augment: skew must be a number of at least 0, got -1'),
  );
  expect(() => augment({ elastic: { alpha: 1, sigma: 0 } })).toThrow(
    new RangeError('augment: elastic.sigma must be a number above 0, got 0'),
  );
  tf.tidy(() => {
    expect(() => augment({})(tf.zeros([2, 784]), randomKey(1, 1))).toThrow(
      new RangeError('augment: xs must have shape [count, height, width, channels], got [2,784]'),
    );
  });
});
