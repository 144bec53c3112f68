import { gzipSync } from 'node:zlib';
import { InkwellError } from 'inkwell/core/errors';
import { createRandom } from 'inkwell/core/random';
import { isGzip, uncompress } from 'inkwell/data/gzip';
import { noise, thrownBy } from './support';

const PLAIN = noise(5000, 3);
const ZIPPED = new Uint8Array(gzipSync(PLAIN));

describe('uncompress', () => {
  test('tells gzip by its first bytes', async () => {
    expect(isGzip(ZIPPED)).toBe(true);
    expect(isGzip(PLAIN)).toBe(false);
    expect(isGzip(new Uint8Array(0))).toBe(false);
    expect(await uncompress(ZIPPED)).toEqual(PLAIN);
    expect(await uncompress(PLAIN)).toBe(PLAIN);
  });

  test('a stream cut anywhere is truncated', async () => {
    for (const length of [2, 5, 10, 11, 100, ZIPPED.length - 8, ZIPPED.length - 1]) {
      const error = await thrownBy(uncompress(ZIPPED.subarray(0, length), { label: 'digits.gz' }));
      expect(error.code).toBe('DATA_TRUNCATED');
      expect(error.message).toMatch(/^digits\.gz is cut short/);
    }
  });

  test('a damaged stream is refused', async () => {
    const damaged = Uint8Array.from(ZIPPED);
    damaged.fill(0xff, 100, 120);
    expect((await thrownBy(uncompress(damaged))).code).toBe('DATA_FORMAT');
  });

  test('a bomb stops at the limit', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
    expect(bomb.length).toBeLessThan(60_000);
    const error = await thrownBy(uncompress(bomb, { maxBytes: 10_000 }));
    expect(error.code).toBe('DATA_FORMAT');
    expect(error.message).toMatch(/more than the 10000 bytes/);
  });

  test('of 3,000 damaged streams each is right or refused with a code', async () => {
    const random = createRandom(5);
    const codes = new Set<string>();
    for (let round = 0; round < 3000; round++) {
      const mutant = Uint8Array.from(ZIPPED).subarray(
        0,
        ZIPPED.length - random.integer(20) * random.integer(2),
      );
      for (let i = random.integer(3); i > 0; i--)
        mutant[2 + random.integer(mutant.length - 2)] = random.integer(256);
      try {
        expect(await uncompress(mutant, { maxBytes: 10_000 })).toEqual(PLAIN);
        codes.add('right');
      } catch (error) {
        if (!(error instanceof InkwellError)) throw error;
        codes.add(error.code);
      }
    }
    expect([...codes].sort()).toEqual(['DATA_FORMAT', 'DATA_TRUNCATED', 'right']);
  });
});
