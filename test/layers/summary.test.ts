import { parameterCount, summary } from 'inkwell/layers/summary';
import { matrixFactorization } from 'inkwell/models/matrix-factorization';

/** Nielsen, chapter 6: 20 maps of 5 × 5 shared weights against a dense layer of 30 units. */
test('shared weights: 520 parameters against 23,550', () => {
  const inputShape = [28, 28, 1];
  expect(parameterCount({ inputShape, layers: [{ kind: 'conv', filters: 20, size: 5 }] })).toBe(520);
  expect(parameterCount({ inputShape, layers: [{ kind: 'flatten' }, { kind: 'dense', units: 30 }] })).toBe(
    23_550,
  );
});

test('prints shapes, parameters and multiply-adds', () => {
  const text = summary({
    inputShape: [28, 28, 1],
    layers: [
      { kind: 'conv', filters: 20, size: 5 },
      { kind: 'activation', name: 'relu' },
      { kind: 'pool', method: 'max', size: 2 },
      { kind: 'batch-norm' },
      { kind: 'upsample' },
      { kind: 'flatten' },
      { kind: 'dense', units: 10 },
    ],
  }).toString();
  expect(text.split('\n')).toEqual([
    'layer                    output        parameters  multiply-adds',
    'input                    28 × 28 × 1',
    'layers.0  conv 20 @ 5×5  24 × 24 × 20         520        288,000',
    'layers.1  relu           24 × 24 × 20           0              0',
    'layers.2  max pool 2×2   12 × 12 × 20           0              0',
    'layers.3  batch-norm     12 × 12 × 20          40              0',
    'layers.4  upsample ×2    24 × 24 × 20           0              0',
    'layers.5  flatten        11520                  0              0',
    'layers.6  dense 10       10               115,210        115,200',
    'total                                     115,770        403,200',
  ]);
});

test('says how branches are joined', () => {
  const rows = summary(matrixFactorization({ users: 7, items: 5, factors: 3, range: [0, 10] })).rows;
  expect(
    rows.map(({ layer, outputShape, parameters, multiplyAdds }) => [
      layer,
      [...outputShape],
      parameters,
      multiplyAdds,
    ]),
  ).toEqual([
    ['parallel, 3 branches, added', [1], 4 * 7 + 4 * 5, 3],
    ['sigmoid in 0 … 10', [1], 0, 0],
  ]);
  const one = summary({
    inputShape: [4],
    layers: [
      { kind: 'select', at: [1, 2] },
      { kind: 'parallel', join: 'dot', branches: [[], []] },
    ],
  });
  expect(one.rows.map(({ layer }) => layer)).toEqual(['select 1, 2', 'parallel, 2 branches, dot product']);
});
