import { InkwellError } from 'inkwell/core/errors';
import { createRandom, type Random } from 'inkwell/core/random';
import { encodeIdx, type IdxArray, parseIdx } from 'inkwell/data/idx';
import { evaluateInNode } from '../engine/nodeProcess';
import { thrownBy } from './support';

const EXAMPLES: readonly IdxArray[] = [
  { type: 'uint8', shape: [2, 3], values: Uint8Array.of(0, 1, 2, 127, 128, 255) },
  { type: 'int8', shape: [4], values: Int8Array.of(-128, -1, 0, 127) },
  { type: 'int16', shape: [2, 1, 2], values: Int16Array.of(-32768, -2, 258, 32767) },
  { type: 'int32', shape: [3], values: Int32Array.of(-(2 ** 31), 16909060, 2 ** 31 - 1) },
  { type: 'float32', shape: [1, 1, 1, 4], values: Float32Array.of(1.5, -0, Infinity, 1e-45) },
  { type: 'float64', shape: [3], values: Float64Array.of(Math.PI, -Number.MAX_VALUE, 5e-324) },
];

describe('parseIdx', () => {
  test('reads big-endian values by the letter of the format', () => {
    // Worked by hand: type 0x0b (int16), 1 dimension of 2, 258 = 01 02, −2 = ff fe.
    const bytes = Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 1, 2, 0xff, 0xfe);
    expect(parseIdx(bytes)).toEqual({ type: 'int16', shape: [2], values: Int16Array.of(258, -2) });
    // float32 1.5 = 3f c0 00 00, in 1 × 1.
    const float = Uint8Array.of(0, 0, 0x0d, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0);
    expect(parseIdx(float)).toEqual({ type: 'float32', shape: [1, 1], values: Float32Array.of(1.5) });
  });

  test.each(EXAMPLES.map((example) => [example.type, example] as const))(
    '%s comes back as it was written',
    (_, example) => {
      const bytes = encodeIdx(example);
      expect(parseIdx(bytes)).toEqual(example);
      expect(encodeIdx(parseIdx(bytes))).toEqual(bytes);
    },
  );

  test('takes all ranks, 1 to 255, and empty arrays', () => {
    for (let rank = 1; rank <= 255; rank++) {
      const shape = Array.from({ length: rank }, (_, axis) => (axis === rank - 1 ? 3 : 1));
      const array: IdxArray = { type: 'uint8', shape, values: Uint8Array.of(7, 8, 9) };
      expect(parseIdx(encodeIdx(array))).toEqual(array);
    }
    const empty: IdxArray = { type: 'int32', shape: [0, 28], values: new Int32Array(0) };
    expect(parseIdx(encodeIdx(empty))).toEqual(empty);
  });

  test('reads from the middle of a larger buffer, and views uint8 without a copy', () => {
    const inner = encodeIdx({ type: 'uint8', shape: [2], values: Uint8Array.of(5, 6) });
    const outer = new Uint8Array(inner.length + 7);
    outer.set(inner, 3);
    const { values } = parseIdx(outer.subarray(3, 3 + inner.length));
    expect(values).toEqual(Uint8Array.of(5, 6));
    outer[3 + 8] = 50;
    expect(values[0]).toBe(50);
  });

  test('a wrong magic number is named', async () => {
    const error = await thrownBy(() => parseIdx(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), { label: 'digits' }));
    expect(error.code).toBe('DATA_MAGIC');
    expect(error.message).toMatch(/^digits is not an IDX file: it begins with 50 4b 03 04, expected 00 00/);
    expect((await thrownBy(() => parseIdx(Uint8Array.of(0, 0, 0x0a, 1, 0, 0, 0, 0)))).code).toBe(
      'DATA_MAGIC',
    );
    expect((await thrownBy(() => parseIdx(Uint8Array.of(0, 1, 0x08, 1, 0, 0, 0, 0)))).code).toBe(
      'DATA_MAGIC',
    );
  });

  test('every shorter file is cut short, every longer one too long', async () => {
    for (const example of EXAMPLES) {
      const bytes = encodeIdx(example);
      for (let length = 0; length < bytes.length; length++) {
        expect((await thrownBy(() => parseIdx(bytes.subarray(0, length)))).code).toBe('DATA_TRUNCATED');
      }
      const longer = new Uint8Array(bytes.length + 1);
      longer.set(bytes);
      expect((await thrownBy(() => parseIdx(longer))).code).toBe('DATA_FORMAT');
    }
    const error = await thrownBy(() => parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 9, 1, 2)));
    expect(error.message).toMatch(
      /^IDX file is cut short: its header promises 9 values of uint8, 9 bytes, but 2 follow/,
    );
  });

  test('a header without dimensions is refused', async () => {
    expect((await thrownBy(() => parseIdx(Uint8Array.of(0, 0, 8, 0, 1, 2, 3, 4)))).code).toBe('DATA_FORMAT');
  });

  test('a forged header takes no memory', async () => {
    const forged = new Uint8Array(4 + 4 * 255).fill(0xff);
    forged.set([0, 0, 0x0e, 255]);
    expect((await thrownBy(() => parseIdx(forged))).code).toBe('DATA_TRUNCATED');
    forged.set([0, 0, 0, 0], 8);
    expect(parseIdx(forged).values.length).toBe(0);
    // Of each type, a thousand million values, of which ten are there.
    const takenMb = await evaluateInNode<number>(`
      const { parseIdx } = require('inkwell/data/idx');
      const { buffersMb } = require('../measure/process');
      const before = buffersMb();
      for (const type of [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e]) {
        try {
          parseIdx(Uint8Array.of(0, 0, type, 1, 0x3b, 0x9a, 0xca, 0, ...new Uint8Array(10)));
        } catch (error) {
          if (error.code !== 'DATA_TRUNCATED') throw error;
        }
      }
      return buffersMb() - before;`);
    expect(takenMb).toBeLessThan(1);
  });
});

describe('encodeIdx', () => {
  test('refuses what is no IDX array', () => {
    const values = new Uint8Array(4);
    expect(() => encodeIdx({ type: 'uint8', shape: [5], values })).toThrow('shape 5 takes 5 values, got 4');
    expect(() => encodeIdx({ type: 'uint8', shape: [], values })).toThrow('1 to 255 dimensions, got 0');
    expect(() => encodeIdx({ type: 'uint8', shape: [-4, -1], values })).toThrow(
      'whole number in 0 … 2^32 - 1, got -4',
    );
    expect(() => encodeIdx({ type: 'int16', shape: [4], values })).toThrow(TypeError);
    const wrongType = { type: 'int64', shape: [4], values } as unknown as IdxArray;
    expect(() => encodeIdx(wrongType)).toThrow('type must be an IDX type, got int64');
  });
});

/** One to eight random changes: bytes set, bits flipped, a piece cut out, put in or doubled. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutant = Uint8Array.from(bytes);
  for (let change = random.integer(8); change >= 0; change--) {
    // Half of the changes hit the header, where most of the decisions fall.
    const at = random.integer(
      Math.max(1, random.uniform() < 0.5 ? Math.min(12, mutant.length) : mutant.length),
    );
    const kind = random.integer(4);
    if (kind === 0 && mutant.length > 0) mutant[at] = random.integer(256);
    if (kind === 1 && mutant.length > 0) mutant[at] = (mutant[at] ?? 0) ^ (1 << random.integer(8));
    if (kind === 2)
      mutant = Uint8Array.of(...mutant.subarray(0, at), ...mutant.subarray(at + random.integer(9)));
    if (kind === 3) {
      const piece = Array.from({ length: random.integer(9) }, () => random.pick([0, 1, 8, 127, 255]));
      mutant = Uint8Array.of(...mutant.subarray(0, at), ...piece, ...mutant.subarray(at));
    }
  }
  return mutant;
}

describe('fuzzing', () => {
  test('of 40,000 mutants each is read right or refused with a code', () => {
    const random = createRandom(20_24);
    const seeds = EXAMPLES.map(encodeIdx);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 40_000; round++) {
      const mutant = mutate(random.pick(seeds), random);
      let outcome = 'read';
      try {
        // What was read says all that the bytes did: written again, they are the same.
        const array = parseIdx(mutant);
        if (array.type.startsWith('float')) expect(encodeIdx(array).length).toBe(mutant.length);
        else expect(encodeIdx(array)).toEqual(mutant);
      } catch (error) {
        if (!(error instanceof InkwellError)) throw error;
        outcome = error.code;
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual(['DATA_FORMAT', 'DATA_MAGIC', 'DATA_TRUNCATED', 'read']);
    for (const count of outcomes.values()) expect(count).toBeGreaterThan(500);
  });
});
