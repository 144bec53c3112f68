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
shape [3], float32, min -2.5, mean -0.4167, max 1
[ 1,    -2.5,   0.25]`);
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
shape [2, 2], float32, min -30.25, mean -5.688, max 4
[[  1,      2.5],
 [-30.25,   4]]`);
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
      'expected a tensor, a typed array, nested arrays or a number, got string',
    );
    expect(() => tensorView([1], { edgeItems: 0 })).toThrow('edgeItems must be a whole number from 1, got 0');
  });
});
