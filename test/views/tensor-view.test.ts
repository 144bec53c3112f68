import { scalar, tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { tensorView } from 'inkwell/views/tensor-view';

const text = (...args: Parameters<typeof tensorView>): string => `\n${tensorView(...args)}`;

describe('tensorView', () => {
  test('a number', () => {
    expect(text(scalar(0.5))).toBe(`
shape [], float32
0.5`);
  });

  test('a vector, wrapped where it is long', () => {
    expect(text(Float32Array.of(1, -2.5, 0.25))).toBe(`
shape [3], float32, min −2.5, mean −0.4167, max 1
[ 1.00, −2.50,  0.25]`);
    const lines = text(Int32Array.from({ length: 100 }, (_, i) => i)).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.at(-1)).toBe(' 95, 96, 97, 98, 99]');
  });

  test('a matrix, its decimal points in a column', () => {
    expect(
      text(
        tensor([
          [1, 2.5],
          [-30.25, 4],
        ]),
      ),
    ).toBe(`
shape [2, 2], float32, min −30.25, mean −5.688, max 4
[[  1.00,   2.50],
 [−30.25,   4.00]]`);
  });

  test('ranks 3 and 4, with blank lines between blocks', () => {
    expect(text([[[1, 2]], [[3, 4]]])).toBe(`
shape [2, 1, 2], number, min 1, mean 2.5, max 4
[[[1, 2]],

 [[3, 4]]]`);
    expect(
      text([
        [[[1]], [[2]]],
        [[[3]], [[4]]],
      ]),
    ).toBe(`
shape [2, 2, 1, 1], number, min 1, mean 2.5, max 4
[[[[1]],

  [[2]]],


 [[[3]],

  [[4]]]]`);
  });

  test('four decimals where they fit, two where ten columns would wrap', () => {
    const waves = (count: number): Float32Array =>
      Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898));
    const lines = (view: string): string[] => view.trim().split('\n').slice(1);
    const four = lines(text({ shape: [2, 4], dtype: 'float32', dataSync: () => waves(8) }));
    expect(four[0]).toBe('[[0.0000, 0.4109, 0.7492, 0.9552],');
    const ten = lines(text({ shape: [10, 10], dtype: 'float32', dataSync: () => waves(100) }));
    expect(ten).toHaveLength(10);
    expect(ten[0]).toBe('[[ 0.00,  0.41,  0.75,  0.96,  0.99,  0.85,  0.57,  0.18, −0.24, −0.62],');
  });

  test('very small and very large numbers have their power of ten once', () => {
    expect(text([2.5e-5, -1e-6])).toBe(`
shape [2], number, min −10⁻⁶, mean 1.2 × 10⁻⁵, max 2.5 × 10⁻⁵
10⁻⁵ ×
[ 2.5, −0.1]`);
    expect(text([2.5e7, 1.5])).toContain('\n10⁷ ×\n[2.5, 0.0]');
  });

  test('digits asked for are significant digits', () => {
    expect(text([0.123456, 12.3456], { digits: 2 })).toContain('[ 0.12, 12]');
  });

  test('decimals asked for are the same for all', () => {
    expect(text([0.123456, 1, 0.005], { decimals: 2 })).toContain('\n[0.12, 1.00, 0.01]');
    expect(text([1, 0], { decimals: 2 })).toContain('\n[1, 0]');
    expect(() => text([0.5], { decimals: 2, digits: 2 })).toThrow(
      'tensorView: give either digits (significant ones) or decimals, not both',
    );
    expect(() => text([0.5], { decimals: -1 })).toThrow(
      'tensorView: decimals must be a whole number in 0 … 17, got -1',
    );
  });

  test('what is no number stands in its column', () => {
    expect(text([Number.NaN, 1.5, Number.NEGATIVE_INFINITY])).toContain(
      '[      NaN,           1.5, −Infinity]',
    );
  });

  test('a long one shows its edges', () => {
    const image = {
      shape: [28, 28],
      dtype: 'int32',
      dataSync: () => Int32Array.from({ length: 784 }, (_, i) => i),
    };
    expect(text(image, { edgeItems: 1 })).toBe(`
shape [28, 28], int32, min 0, mean 391.5, max 783
[[  0, …,  27],
 ⋮,
 [756, …, 783]]`);
    const blocks = text({ ...image, shape: [16, 7, 7] }).match(/\n\n/g);
    expect(blocks).toHaveLength(2);
    expect(text(image, { threshold: 784 })).not.toContain('…');
  });

  test('booleans, strings and empty tensors', () => {
    expect(text(tensor([true, false]))).toContain('shape [2], bool, min 0, mean 0.5, max 1\n[ true, false]');
    expect(text(tensor(['a', 'b"']))).toContain('shape [2], string\n[  "a", "b\\""]');
    expect(text(tensor([], [0, 3]))).toBe('\nshape [0, 3], float32\n[]');
  });

  test('HTML is escaped and scrolls in its own box', () => {
    const html = tensorView(tensor(['<b>']), { caption: 'a < b' }).bundle['text/html'] as string;
    expect(html).toContain('&lt;b&gt;');
    expect(html).toMatch(/<pre style="[^"]*overflow-x:auto/);
    expect(html).toContain('a &lt; b</figcaption>');
  });

  test('wrong arguments are named', () => {
    expect(() => tensorView([[1, 2], [3]])).toThrow('rows must have one shape, got [2] and [1]');
    expect(() => tensorView('x' as never)).toThrow(
      'tensorView: source must be a tensor, or numbers: one, a list, lists of lists, got "x"',
    );
    expect(() => tensorView([1], { edgeItems: 0 })).toThrow('edgeItems must be a whole number from 1, got 0');
  });
});
