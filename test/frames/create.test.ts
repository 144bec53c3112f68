import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { table } from 'arquero';
import { frame, frameFromCsv, readCsv } from 'inkwell/frames/create';

describe('frame', () => {
  test('rows and columns give the same frame', () => {
    const fromRows = frame([
      { digit: 2, count: 5958 },
      { digit: 9, count: 5949 },
    ]);
    const fromColumns = frame({ digit: [2, 9], count: Int32Array.of(5958, 5949) });
    expect(fromRows.rows()).toEqual(fromColumns.rows());
  });

  test('rows may differ in their keys', () => {
    const mixed = frame<{ a: number; b?: number }>([{ a: 1 }, { a: 2, b: 3 }]);
    expect(mixed.columns).toEqual(['a', 'b']);
    expect(mixed.rows()).toEqual([
      { a: 1, b: null },
      { a: 2, b: 3 },
    ]);
  });

  test('an arquero table leads in and out', () => {
    const wrapped = frame(table({ a: [1, 2] }));
    expect(wrapped.rowCount).toBe(2);
    expect(frame(wrapped.table.concat(table({ a: [3] }))).rowCount).toBe(3);
  });

  test('no rows make an empty frame that can still be shown', () => {
    const empty = frame([]);
    expect(empty.shape).toEqual([0, 0]);
    expect(empty.toString()).toContain('0 rows × 0 columns');
    expect(frame({ a: [] }).toHtml()).toContain('0 rows × 1 column');
  });

  test('columns of different length and other values are refused', () => {
    expect(() => frame({ a: [1, 2], b: [1] })).toThrow(
      new RangeError('frame: columns must have one length, but "a" has 2 values and "b" 1'),
    );
    expect(() => frame(3 as never)).toThrow(TypeError);
    expect(() => frame([1, 2] as never)).toThrow('frame: rows must be an array of objects');
    expect(() => frame({ a: 1 } as never)).toThrow('an object of arrays');
  });
});

describe('CSV', () => {
  test('values are recognised and empty ones are null', () => {
    const people = frameFromCsv<{ name: string; age: number }>('name,age\n"Ada, L.",36\nAlan,\n');
    expect(people.rows()).toEqual([
      { name: 'Ada, L.', age: 36 },
      { name: 'Alan', age: null },
    ]);
  });

  test('delimiter, header and names can be given', () => {
    const rows = frameFromCsv('1;2\n3;4', { delimiter: ';', header: false, names: ['x', 'y'] }).rows();
    expect(rows).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
  });

  test('a frame written and read again is the same', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'inkwell-frame-'));
    try {
      const original = frame({ text: ['a "quoted", word', 'é'], x: [1.5, -2] });
      const file = path.join(folder, 'frame.csv');
      await writeFile(file, original.toCsv());
      expect((await readCsv(file)).rows()).toEqual(original.rows());
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a missing file is named, with a way out', async () => {
    await expect(readCsv('no-such.csv')).rejects.toMatchObject({
      code: 'FRAME_FILE',
      message: expect.stringContaining('readCsv: cannot read no-such.csv'),
      hint: expect.stringContaining('Check the path'),
    });
  });
});
