import { claim } from 'inkwell/core/claim';
import { FACTS_KEY, facts, recordDataSet, recordEngine } from 'inkwell/core/facts';

const holder = globalThis as unknown as Record<symbol, unknown>;

// Test files share their process, and another may have recorded facts in it.
beforeEach(() => {
  delete holder[Symbol.for(FACTS_KEY)];
});

test('a claim that holds is printed and kept, one that does not is thrown', () => {
  const print = jest.spyOn(console, 'log').mockImplementation(() => {});
  claim('2 > 1', 2 > 1);
  expect(() => claim('1 > 2', 1 > 2)).toThrow('Claim does not hold: 1 > 2');
  expect(print.mock.calls).toEqual([['✓ 2 > 1']]);
  expect(facts().claims).toEqual(['2 > 1']);
  print.mockRestore();
});

test('facts are one record for the whole process, each data set named once', () => {
  recordEngine('wasm 4.22.0');
  recordDataSet('made digits');
  recordDataSet('MNIST');
  recordDataSet('made digits');
  const shared = holder[Symbol.for(FACTS_KEY)];
  expect(shared).toBe(facts());
  expect(facts()).toMatchObject({ engine: 'wasm 4.22.0', dataSets: ['made digits', 'MNIST'] });
});
