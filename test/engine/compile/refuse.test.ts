import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { take, useNative } from './native';

beforeAll(useNative);

const x = (): tf.Tensor => tf.tensor1d([1, 2, 3]);

/** The error of the first call. */
function refusal(fn: (x: tf.Tensor) => tf.Tensor): { code: string; message: string } {
  const compiled = compile(fn);
  try {
    compiled(x());
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was not refused');
}

describe('compile refuses', () => {
  test.each([
    ['tf.dropout', (v: tf.Tensor) => tf.dropout(v, 0.5)],
    ['tf.randomNormal', (v: tf.Tensor) => v.add(tf.randomNormal([3]))],
    ['tf.randomUniform', (v: tf.Tensor) => v.add(tf.randomUniform([3]))],
    ['tf.truncatedNormal', (v: tf.Tensor) => v.add(tf.truncatedNormal([3]))],
    ['Math.random', (v: tf.Tensor) => v.add(tf.scalar(Math.random()))],
  ])('%s, by name', (name, fn) => {
    const { code, message } = refusal(fn);
    expect(code).toBe('COMPILE_RANDOM');
    expect(message).toMatch(
      new RegExp(`^compile: ${name} draws random numbers in JavaScript, at .*refuse\\.test`),
    );
    expect(message).toContain('randomStream(seed)');
  });

  test('random numbers that TensorFlow draws', () => {
    const { code, message } = refusal((v) => tf.multinomial(v as tf.Tensor1D, 2, 7));
    expect([code, message]).toEqual(['COMPILE_RANDOM', expect.stringContaining('operation Multinomial')]);
  });

  test('a number that changes from call to call, with its place', () => {
    let calls = 0;
    const { code, message } = refusal((v) => v.mul(++calls));
    expect(code).toBe('COMPILE_FROZEN');
    expect(message).toMatch(/tf\.mul at .*refuse\.test.* values differ from call to call/);
    expect(message).toContain('step(xs, ys, tf.scalar(value))');
  });

  test('other operations from call to call', () => {
    let calls = 0;
    expect(refusal((v) => (calls++ === 0 ? v.sin() : v.cos())).message).toContain('Sin, then Cos');
    calls = 0;
    expect(refusal((v) => (calls++ === 0 ? v.sin() : v.sin().sin())).message).toContain('Sin came on top');
  });

  test('another tensor from outside', () => {
    let outside = tf.scalar(1);
    const f = refusal((v) => {
      const y = v.mul(outside);
      outside = tf.keep(tf.scalar(1));
      return y;
    });
    expect(f.message).toContain('makes a tensor whose values differ');
  });

  test.each([
    ['dataSync', (v: tf.Tensor) => ((v.dataSync()[0] as number) > 0 ? v : v.neg())],
    ['arraySync', (v: tf.Tensor) => v.mul((v.sum().arraySync() as number) + 1)],
    [
      'data',
      (v: tf.Tensor) => {
        v.data().catch(() => {}); // a function that hides the error does not hide the refusal
        return v;
      },
    ],
  ])('reading values with %s', (_, fn) => {
    const { code, message } = refusal(fn);
    expect(code).toBe('COMPILE_READS_VALUE');
    expect(message).toMatch(/at .*refuse\.test/);
    expect(message).toContain('tf.where');
  });

  test('nothing that only looks at shapes and constants', () => {
    const f = compile((v: tf.Tensor) =>
      v.mul(tf.tensor1d([1, 2, 3]).dataSync()[2] as number).mul(v.shape[0] as number),
    );
    for (let i = 0; i < 3; i++) expect(take(f(x()))).toEqual([9, 18, 27]);
    expect(f.graphs).toBe(1);
    f.dispose();
  });

  test('and leaves the variables as they were', () => {
    const w = tf.variable(tf.scalar(1));
    let calls = 0;
    for (const factor of [() => Math.random(), () => ++calls, (v: tf.Tensor) => v.dataSync()[0] as number]) {
      const f = compile((v: tf.Tensor) => {
        w.assign(w.add(1));
        return v.mul(factor(v));
      });
      expect(() => f(x())).toThrow('compile: ');
      expect(w.dataSync()[0]).toBe(1);
    }
    w.dispose();
  });

  test('and leaves the back end as it was', () => {
    const { random } = Math;
    refusal((v) => tf.dropout(v, 0.5));
    expect(Math.random).toBe(random);
    expect(take(tf.randomUniform([2]))).toHaveLength(2);
    expect(Array.from(x().dataSync())).toEqual([1, 2, 3]);
  });
});

describe('compile with fallback', () => {
  test('runs as it is, and tells why', () => {
    const f = compile((v: tf.Tensor) => ((v.sum().dataSync()[0] as number) > 0 ? v : v.neg()), {
      fallback: true,
    });
    for (let i = 0; i < 4; i++) expect(take(f(x().neg()))).toEqual([1, 2, 3]);
    expect(f.graphs).toBe(0);
    expect(f.fallbackReason).toMatchObject({ code: 'COMPILE_READS_VALUE' });
  });

  test('runs each call once, also the one that is refused', () => {
    const w = tf.variable(tf.scalar(0));
    const f = compile(
      () => {
        w.assign(w.add(1));
        return w.mul(Math.random() < 2 ? 1 : 0);
      },
      { fallback: true },
    );
    expect([1, 2, 3].map(() => take(f())[0])).toEqual([1, 2, 3]);
    expect(f.fallbackReason).toMatchObject({ code: 'COMPILE_RANDOM' });
  });

  test('names the operation that a graph lacks', () => {
    const strings = (v: tf.Tensor): tf.Tensor => {
      const text = tf.concat([tf.tensor1d(['a', 'b']), tf.tensor1d(['c'])]);
      return v.mul(text.size);
    };
    expect(refusal(strings)).toMatchObject({ code: 'COMPILE_OP' });
    const f = compile(strings, { fallback: true });
    expect(take(f(x()))).toHaveLength(3);
    expect(f.fallbackReason?.message).toContain('cannot be part of a graph: it makes strings');
  });
});
