import { mcNemar } from 'inkwell';

/** Two lists with these numbers of examples right alone, and `both` right together. */
function listsOf(onlyFirst: number, onlySecond: number, both = 5): [boolean[], boolean[]] {
  const list = (value: boolean, count: number): boolean[] => new Array<boolean>(count).fill(value);
  return [
    [...list(true, onlyFirst), ...list(false, onlySecond), ...list(true, both)],
    [...list(false, onlyFirst), ...list(true, onlySecond), ...list(true, both)],
  ];
}

// Reference: the sums of binomial coefficients, in exact integers.
test.each([
  [3, 14, 0.012725830078125],
  [0, 5, 0.0625],
  [10, 10, 1],
  [0, 0, 1],
  [121, 59, 4.434449263755e-6],
  [900, 1100, 8.457089535504e-6],
])('%i against %i: p = %f', (a, b, p) => {
  const { onlyFirst, onlySecond, p: ours } = mcNemar(...listsOf(a, b));
  expect([onlyFirst, onlySecond]).toEqual([a, b]);
  expect(Math.abs(ours - p) / p).toBeLessThan(1e-6);
  expect(mcNemar(...listsOf(b, a)).p).toBe(ours);
});

test('refuses lists that cannot be compared', () => {
  expect(() => mcNemar([true], [true, false])).toThrow(
    'mcNemar: expected two lists of one length, at least 1, got 1 and 2',
  );
  expect(() => mcNemar([], [])).toThrow(RangeError);
  expect(() => mcNemar(3 as never, [true])).toThrow(
    'mcNemar: first must be an array of true and false, one for each example, got 3',
  );
});
