import { CHECKS_MARK, type CheckCondition, type CheckResult, createChecks } from 'inkwell/core/checks';

function resultOf(statement: () => string, ...conditions: CheckCondition[]): CheckResult {
  const print = jest.spyOn(console, 'log').mockImplementation(() => {});
  try {
    const { check, report } = createChecks();
    check(statement, conditions);
    report();
    const [line] = print.mock.calls[0] ?? [];
    return JSON.parse(String(line).slice(CHECKS_MARK.length))[0];
  } finally {
    print.mockRestore();
  }
}

const compare = (left: unknown, operator: string, right: unknown): CheckCondition => ({
  source: 'answer',
  left: () => left,
  operator,
  right: () => right,
});

test.each([
  [1, '===', 1],
  [1, '!==', 2],
  ['1', '==', 1],
  [1, '!=', 2],
  [1, '<', 2],
  [2, '<=', 2],
  [3, '>', 2],
  [2, '>=', 2],
])('%j %s %j holds', (left, operator, right) => {
  expect(resultOf(() => 'so', compare(left, operator, right)).verdict).toBe('passed');
});

test('a comparison that does not hold says what was expected and what came', () => {
  expect(resultOf(() => 'so', compare(3, '===', 4))).toEqual({
    statement: 'so',
    verdict: 'failed',
    expected: 'answer === 4',
    got: '3',
  });
});

test('the first part that does not hold is the one that is told', () => {
  const parts: CheckCondition[] = [compare(1, '===', 1), { source: 'isEven(n)', value: () => 0 }];
  expect(resultOf(() => 'so', ...parts, compare(1, '>', 2))).toMatchObject({
    expected: 'isEven(n)',
    got: '0',
  });
});

test('a list says at which element it fails', () => {
  const every: CheckCondition = {
    source: 'value + other[i]',
    list: () => Uint8Array.of(1, 2, 3),
    left: (value: number, i: number) => value + ([9, 7, 7][i] ?? 0),
    operator: '===',
    right: () => 10,
  };
  expect(resultOf(() => 'so', every)).toMatchObject({
    expected: 'value + other[i] === 10 at index 1',
    got: '9',
  });
});

test('a long value is cut', () => {
  const { got = '' } = resultOf(() => 'so', compare(Array.from({ length: 1000 }, String), '===', 1));
  expect(got.length).toBeLessThan(250);
  expect(got).toContain('more items');
});

test('code that throws fails the claim, not the run', () => {
  const throws = (): never => {
    throw new TypeError('no pixels');
  };
  expect(resultOf(throws, { source: 'x', value: throws })).toEqual({
    statement: 'the claim of this exercise',
    verdict: 'failed',
    error: 'TypeError: no pixels',
  });
});
