import { ratingLoaders } from 'inkwell/data/ratings/rating-loaders';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import { frame } from 'inkwell/frames/create';

beforeAll(() => useEngine());

const table = frame({
  who: [1, 1, 2, 3, 3, 4, 5, 5, 6, 7],
  film: ['Rope', 'Honk', 'Rope', 'Damp', 'Honk', 'Rope', 'Honk', 'Damp', 'Rope', 'Honk'],
  stars: [5, 1, 4.5, 3, 2, 4, 1.5, 3, 5, 0.5],
});
const columns = { frame: table, user: 'who', item: 'film', rating: 'stars' } as const;

test('pairs become two numbers by the training part; who is new has number 0', async () => {
  await withoutLeaks(() => {
    const loaders = ratingLoaders(columns);
    const { users, items, range } = loaders.encoding;
    expect([loaders.train.count, loaders.validation.count, loaders.inputShape]).toEqual([8, 2, [2]]);
    expect(users.numberOf(99)).toBe(0);
    expect(items.categories[0]).toBe('(missing or new)');
    const { user, item } = loaders.train.item(3);
    expect((loaders.train.xs.arraySync() as number[][])[3]).toEqual([
      users.numberOf(user),
      items.numberOf(item),
    ]);
    expect(loaders.train.ys.dataSync()[3]).toBe(loaders.train.answer(3));
    const answers = Array.from({ length: 8 }, (_, i) => loaders.train.answer(i));
    expect(range).toEqual([Math.min(...answers), Math.max(...answers)]);
    const strangers = loaders.encoding.encode([{ user: 99, item: 'Casablanca' }]);
    expect(strangers.arraySync()).toEqual([[0, 0]]);
    strangers.dispose();
    loaders.dispose();
  });
});

test('what is wrong is named', () => {
  const gap = frame({ who: [1, null], film: ['Rope', 'Honk'], stars: [3, 4] });
  expect(() => ratingLoaders({ ...columns, frame: gap as unknown as typeof table })).toThrow(
    'column "who" must name someone or something, but row 1 holds null',
  );
  expect(() => ratingLoaders({ ...columns, rating: 'film' })).toThrow(
    'column "film" must hold numbers, but row 0 holds Rope',
  );
});
