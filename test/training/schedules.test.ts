import {
  constant,
  cosine,
  exponential,
  oneCycle,
  type Schedule,
  stepDecay,
} from 'inkwell/training/schedules';

const over = (schedule: Schedule, epochs: number, stepsAnEpoch = 1): number[] =>
  Array.from({ length: epochs * stepsAnEpoch }, (_, step) =>
    schedule({ step, steps: epochs * stepsAnEpoch, epoch: Math.floor(step / stepsAnEpoch), epochs }),
  );

const rounded = (values: number[]): number[] => values.map((value) => Number(value.toPrecision(6)));

test('constant', () => {
  expect(over(constant(0.1), 3)).toEqual([0.1, 0.1, 0.1]);
});

test('stepDecay', () => {
  expect(rounded(over(stepDecay(1, { factor: 0.5, every: 2 }), 5))).toEqual([1, 1, 0.5, 0.5, 0.25]);
  expect(() => stepDecay(1, { every: 0 })).toThrow(
    new RangeError('stepDecay: every must be at least 1 epoch, got 0'),
  );
});

test('exponential, from 1e-3 to 1e-6, the same within an epoch', () => {
  expect(rounded(over(exponential(1e-3, 1e-6), 4))).toEqual([1e-3, 1e-4, 1e-5, 1e-6]);
  expect(rounded(over(exponential(1, 0.1), 2, 2))).toEqual([1, 1, 0.1, 0.1]);
  expect(() => exponential(1, 0)).toThrow(
    new RangeError('exponential: both ends must be above 0, got 1 and 0'),
  );
});

test('cosine', () => {
  expect(rounded(over(cosine(1), 5))).toEqual([1, 0.853553, 0.5, 0.146447, 0]);
});

test('oneCycle rises for a quarter and falls for the rest', () => {
  const values = rounded(over(oneCycle(1, { startDivisor: 10, endDivisor: 1000 }), 9));
  expect(values[0]).toBe(0.1);
  expect(Math.max(...values)).toBe(1);
  expect(values.indexOf(1)).toBe(2);
  expect(values.at(-1)).toBe(0.001);
  expect(() => oneCycle(1, { warmup: 1 })).toThrow(
    new RangeError('oneCycle: warmup must be in (0, 1), got 1'),
  );
});
