/** The made ratings: half stars with something behind them, which the factor model finds. */
import { loadRatings } from 'inkwell/data/ratings';
import { ratingLoaders } from 'inkwell/data/ratings/rating-loaders';
import { useEngine } from 'inkwell/engine/engine';
import { matrixFactorization } from 'inkwell/models/matrix-factorization';
import { Learner } from 'inkwell/training/learner';
import { meanSquaredError } from 'inkwell/training/losses';
import { adam } from 'inkwell/training/optimizers';

beforeAll(async () => {
  await useEngine();
});

test('the same seed gives the same ratings: half stars, each film at most once a person, sparse', async () => {
  const { frame, name, noiseFloor } = await loadRatings();
  expect(name).toBe('made ratings');
  expect((await loadRatings()).frame.rows()).toEqual(frame.rows());
  expect((await loadRatings({ seed: 2 })).frame.rows()).not.toEqual(frame.rows());
  const pairs = new Set(frame.rows().map(({ user, film }) => `${user} ${film}`));
  expect(pairs.size).toBe(frame.rowCount);
  expect(Math.abs(frame.rowCount / (500 * 64) - 0.4)).toBeLessThan(0.02);
  const halves = Array.from(frame.column('rating'), (rating) => 2 * rating);
  expect(halves.every((half) => Number.isInteger(half) && half >= 1 && half <= 10)).toBe(true);
  // Chance of deviation 0.35 and rounding to halves, 0.5 / √12.
  expect(Math.abs(noiseFloor - Math.hypot(0.35, 0.5 / Math.sqrt(12)))).toBeLessThan(0.02);
  await expect(loadRatings({ density: 0 })).rejects.toThrow('density must be in (0, 1], got 0');
  await expect(loadRatings({ users: 1.5 })).rejects.toThrow(
    'users must be a whole number of at least 1, got 1.5',
  );
});

test('factors foretell a rating far better than the mean of its film', async () => {
  const { frame, noiseFloor } = await loadRatings();
  const loaders = ratingLoaders({ frame, user: 'user', item: 'film', rating: 'rating' });
  const { train, validation, encoding } = loaders;
  const sums = new Map<unknown, { sum: number; count: number }>();
  for (let i = 0; i < train.count; i++) {
    const { sum, count } = sums.get(train.item(i).item) ?? { sum: 0, count: 0 };
    sums.set(train.item(i).item, { sum: sum + train.answer(i), count: count + 1 });
  }
  const errors = Array.from({ length: validation.count }, (_, i) => {
    const { sum, count } = sums.get(validation.item(i).item) as { sum: number; count: number };
    return (sum / count - validation.answer(i)) ** 2;
  });
  const baseline = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / errors.length);
  const sizes = { users: encoding.users.categories.length, items: encoding.items.categories.length };
  const learner = new Learner({
    net: matrixFactorization({ ...sizes, factors: 4 }),
    loss: meanSquaredError,
    metrics: [],
    optimizer: adam(),
  });
  await learner.fit({ train, epochs: 10, learningRate: 0.01 });
  const scores = await learner.evaluate(validation);
  const error = Math.sqrt(scores['loss'] as number);
  learner.dispose();
  loaders.dispose();
  expect(baseline).toBeGreaterThan(0.75);
  expect(error).toBeLessThan(0.6 * baseline);
  expect(error).toBeGreaterThan(noiseFloor);
  expect(error).toBeLessThan(1.3 * noiseFloor);
});
