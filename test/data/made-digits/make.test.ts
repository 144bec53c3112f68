import type { Progress } from 'inkwell/core/progress';
import { createRandom } from 'inkwell/core/random';
import { image } from 'inkwell/data/image';
import { drawDigit } from 'inkwell/data/made-digits/draw';
import { makeDigits } from 'inkwell/data/made-digits/make';

describe('makeDigits', () => {
  test('the same seed gives the same digits, another seed and the other half others', async () => {
    const digits = await makeDigits(100, { seed: 3 });
    expect(await makeDigits(100, { seed: 3 })).toEqual(digits);
    expect((await makeDigits(100, { seed: 4 })).images).not.toEqual(digits.images);
    expect((await makeDigits(100, { seed: 3, half: 'test' })).images).not.toEqual(digits.images);
  });

  test('fewer are the beginning of more', async () => {
    const many = await makeDigits(1300);
    const few = await makeDigits(700);
    expect(many.images.subarray(0, few.images.length)).toEqual(few.images);
    expect(many.labels.subarray(0, 700)).toEqual(few.labels);
  });

  test('no digit comes twice, and all ten classes as often', async () => {
    const digits = await makeDigits(5000);
    const seen = new Set<string>();
    const perClass = new Uint32Array(10);
    for (let i = 0; i < digits.count; i++) {
      const { pixels, label } = image(digits, i);
      seen.add(Buffer.from(pixels).toString('latin1'));
      perClass[label] = (perClass[label] ?? 0) + 1;
    }
    expect(seen.size).toBe(5000);
    // Binomial: 500 expected, standard deviation 21.
    for (const count of perClass) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  test('reports each block and stops when told to', async () => {
    const reports: Progress[] = [];
    await makeDigits(1200, { onProgress: (progress) => reports.push(progress) });
    expect(reports.map(({ done }) => done)).toEqual([500, 1000, 1200]);
    expect(reports[0]).toEqual({ label: 'made digits, train', done: 500, total: 1200, unit: 'steps' });
    const stop = new AbortController();
    await expect(
      makeDigits(5000, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });

  test('refuses counts and seeds that are none', async () => {
    await expect(makeDigits(-1)).rejects.toThrow('count must be a whole number of at least 0, got -1');
    await expect(makeDigits(1, { seed: 0.5 })).rejects.toThrow(RangeError);
    expect((await makeDigits(0)).count).toBe(0);
    expect(() => drawDigit(10, createRandom(1))).toThrow('digit must be 0 … 9, got 10');
  });
});
