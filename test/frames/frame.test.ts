import { inspect } from 'node:util';
import { frame } from 'inkwell/frames/create';
import { jupyterDisplay } from 'inkwell/frames/displayable';

const runs = frame([
  { net: 'dense', epoch: 1, accuracy: 0.91 },
  { net: 'conv', epoch: 1, accuracy: 0.97 },
  { net: 'dense', epoch: 2, accuracy: 0.94 },
  { net: 'conv', epoch: 2, accuracy: 0.985 },
]);

describe('Frame', () => {
  test('shape, columns and single rows', () => {
    expect(runs.shape).toEqual([4, 3]);
    expect(runs.columns).toEqual(['net', 'epoch', 'accuracy']);
    expect(runs.row(1)).toEqual({ net: 'conv', epoch: 1, accuracy: 0.97 });
    expect([...runs.column('epoch')]).toEqual([1, 1, 2, 2]);
  });

  test('filter takes ordinary functions, those that read outer variables too', () => {
    const limit = 0.95;
    const good = runs.filter((row) => row.accuracy > limit);
    expect([...good.column('accuracy')]).toEqual([0.97, 0.985]);
    expect(good.row(0).net).toBe('conv');
    expect(runs.rowCount).toBe(4);
  });

  test('sort is stable, ascending unless told, by name or by function', () => {
    expect([...runs.sort('accuracy', { descending: true }).column('accuracy')]).toEqual([
      0.985, 0.97, 0.94, 0.91,
    ]);
    expect(
      runs
        .sort('net')
        .rows()
        .map((row) => row.accuracy),
    ).toEqual([0.97, 0.985, 0.91, 0.94]);
    expect(runs.sort((row) => -row.epoch).row(0)).toEqual({ net: 'dense', epoch: 2, accuracy: 0.94 });
  });

  test('derive adds and replaces columns', () => {
    const derived = runs.derive({ error: (row) => 1 - row.accuracy, net: (row) => row.net.length });
    expect(derived.columns).toEqual(['net', 'epoch', 'accuracy', 'error']);
    expect(derived.row(0).error).toBeCloseTo(0.09);
    expect([...derived.column('net')]).toEqual([5, 4, 5, 4]);
  });

  test('head, tail, slice and select', () => {
    expect(runs.head(1).rows()).toEqual([{ net: 'dense', epoch: 1, accuracy: 0.91 }]);
    expect(runs.tail(1).row(0).accuracy).toBe(0.985);
    expect(runs.tail(10).rowCount).toBe(4);
    expect([...runs.slice(1, 3).column('net')]).toEqual(['conv', 'dense']);
    expect(runs.select('accuracy', 'net').columns).toEqual(['accuracy', 'net']);
  });

  test('groups become rows of statistics', () => {
    expect(runs.groupBy('net').count().rows()).toEqual([
      { net: 'dense', count: 2 },
      { net: 'conv', count: 2 },
    ]);
    const best = runs.groupBy('net').summarize({ best: ['max', 'accuracy'], runs: ['count'] });
    expect(best.rows()).toEqual([
      { net: 'dense', best: 0.94, runs: 2 },
      { net: 'conv', best: 0.985, runs: 2 },
    ]);
  });

  test('describe agrees with hand-worked statistics', () => {
    const described = frame({ x: [1, 2, 3, 4, Number.NaN], name: ['a', 'b', 'a', null, 'c'] }).describe();
    expect(described.row(0)).toEqual({
      column: 'x',
      kind: 'number',
      count: 4,
      missing: 1,
      distinct: 4,
      mean: 2.5,
      deviation: Math.sqrt(5 / 3),
      min: 1,
      lowerQuartile: 1.75,
      median: 2.5,
      upperQuartile: 3.25,
      max: 4,
    });
    expect(described.row(1)).toMatchObject({ kind: 'string', count: 4, missing: 1, distinct: 3, mean: null });
  });

  test('columns of one value have no deviation, empty and mixed ones no statistics', () => {
    const described = frame({ one: [7], none: [null], mixed: [true] }).describe();
    expect(described.row(0)).toMatchObject({ mean: 7, deviation: null, min: 7, max: 7 });
    expect(described.row(1)).toMatchObject({ kind: 'empty', count: 0, missing: 1, mean: null });
    expect(described.row(2)).toMatchObject({ kind: 'boolean', mean: null });
  });

  test('an unknown name lists the known ones', () => {
    const name = 'acuracy' as 'accuracy';
    const known = 'no column "acuracy"; the columns are "net", "epoch", "accuracy"';
    expect(() => runs.column(name)).toThrow(new RangeError(`Frame.column: ${known}`));
    expect(() => runs.select(name)).toThrow(`Frame.select: ${known}`);
    expect(() => runs.sort(name)).toThrow(`Frame.sort: ${known}`);
    expect(() => runs.groupBy(name)).toThrow(`Frame.groupBy: ${known}`);
    expect(() => runs.groupBy('net').summarize({ best: ['max', name] })).toThrow(
      `GroupedFrame.summarize: ${known}`,
    );
    expect(() => runs.groupBy('net').summarize({ best: ['mode' as 'max', 'epoch'] })).toThrow(
      'no statistic "mode"; there are count, sum, mean',
    );
    expect(() => runs.row(4)).toThrow('index must be a whole number in 0 … 3, got 4');
  });

  test('shows itself as HTML and text, and reads as text where it is logged', () => {
    const bundle = runs[jupyterDisplay]();
    expect(Object.keys(bundle)).toEqual(['text/html', 'text/plain']);
    expect(bundle['text/html']).toBe(runs.toHtml());
    expect(inspect(runs)).toBe(runs.toString());
  });
});
