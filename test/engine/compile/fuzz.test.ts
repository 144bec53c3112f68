/**
 * What compile() promises, on random functions and nets: the same results,
 * gradients and variables as the eager run, and nothing left behind.
 *
 * More of them: `INKWELL_FUZZ=1000-1999 npx jest build/test/engine/compile/fuzz`
 * takes those seeds of each kind, about ten a second.
 */
import { differences } from './fuzz-comparison';
import { expressionCase } from './fuzz-expressions';
import { netCase } from './fuzz-nets';
import { useNative } from './native';

beforeAll(useNative);

const [first = 1, last = 24] = (process.env['INKWELL_FUZZ'] ?? '')
  .split('-')
  .flatMap((part) => Number(part) || []);
const seeds = Array.from({ length: last - first + 1 }, (_, i) => first + i);

test.each(seeds)('expressions of tfjs operations, %i', (seed) => {
  expect(differences(expressionCase(seed))).toEqual([]);
});

test.each(seeds)('expressions of NaN, infinities and numbers next to zero, %i', (seed) => {
  expect(differences(expressionCase(seed, { odd: true }))).toEqual([]);
});

test.each(seeds)('nets, losses and optimizers, %i', (seed) => {
  expect(differences(netCase(seed))).toEqual([]);
});
