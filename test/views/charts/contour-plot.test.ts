import { type ContourPlotOptions, contourPlot } from 'inkwell/views/charts/contour-plot';
import { plotlyComplaints } from '../plotly';

const bowl = (x: number, y: number): number => x * x + y * y;
const base: ContourPlotOptions = { f: bowl, x: [-2, 2], y: [-2, 2], alt: 'A bowl' };

type Trace = { name: string; x: (number | null)[]; y: (number | null)[]; mode: string };
type Annotation = { x: number; y: number; text: string; textangle: number };
function drawn(options: ContourPlotOptions): { data: Trace[]; labels: Annotation[]; figure: object } {
  const figure = contourPlot(options).bundle['application/vnd.plotly.v1+json'] as {
    data: Trace[];
    layout: { annotations: Annotation[] };
  };
  return { data: figure.data, labels: figure.layout.annotations, figure };
}

test('lines run where the function has their level', () => {
  const { data, labels } = drawn({ ...base, levels: [1, 3] });
  const [lines] = data;
  const heights = (lines?.x ?? []).flatMap((x, i) => (x === null ? [] : [bowl(x, lines?.y[i] as number)]));
  expect(heights.length).toBeGreaterThan(40);
  for (const height of heights) {
    expect(Math.min(Math.abs(height - 1), Math.abs(height - 3))).toBeLessThan(0.03);
  }
  // One label a line, in its gap.
  expect(labels.map(({ text }) => text).sort()).toEqual(['1', '3']);
  for (const { x, y, text } of labels) expect(Math.abs(bowl(x, y) - Number(text))).toBeLessThan(0.15);
});

test('lines that leave the picture end at its edge, and none runs along it', () => {
  const { data } = drawn({ ...base, f: (x, y) => x + 0.3 * y, levels: [0.5] });
  const [lines] = data;
  const points = (lines?.x ?? []).flatMap((x, i) =>
    x === null ? [] : [[x, lines?.y[i] as number] as const],
  );
  expect(Math.max(...points.map(([, y]) => y))).toBeCloseTo(2, 5);
  expect(Math.min(...points.map(([, y]) => y))).toBeCloseTo(-2, 5);
  for (const [x, y] of points) expect(x + 0.3 * y).toBeCloseTo(0.5, 4);
});

test('labels are never upside down', () => {
  const { labels } = drawn({ ...base, levels: 8 });
  expect(labels.length).toBeGreaterThan(5);
  for (const { textangle } of labels) expect(Math.abs(textangle)).toBeLessThanOrEqual(90);
});

test('a matrix is the same landscape as the function', () => {
  const places = Array.from({ length: 61 }, (_, i) => -2 + i / 15);
  const matrix = places.map((y) => places.map((x) => bowl(x, y)));
  const { f: _, ...rest } = base;
  expect(drawn({ ...rest, matrix, x: places, y: places, levels: [1] })).toEqual(
    drawn({ ...base, samples: 61, levels: [1] }),
  );
});

test('paths and points lie over the lines and have the legend to themselves', () => {
  const { data, figure } = drawn({
    ...base,
    paths: [{ name: 'descent', x: [-2, -1, 0], y: [1, 0.5, 0] }],
    points: [{ name: 'minimum', x: [0], y: [0], labels: ['here'] }],
    equalUnits: true,
  });
  expect(data.map(({ name, mode }) => [name, mode])).toEqual([
    ['contour lines', 'lines'],
    ['descent', 'lines+markers'],
    ['minimum', 'markers+text'],
  ]);
  expect(plotlyComplaints(figure)).toEqual([]);
  const html = String(
    contourPlot({
      ...base,
      paths: [
        { name: 'a', x: [0], y: [0] },
        { name: 'b', x: [1], y: [1] },
      ],
    }).bundle['text/html'],
  );
  expect(html).toContain('</svg>b</span>');
  expect(html).not.toContain('contour lines');
});

test('wrong arguments are named', () => {
  const { f: _, ...rest } = base;
  expect(() => contourPlot(rest)).toThrow(
    new TypeError('contourPlot: expected f, a function of x and y, or a matrix, got neither'),
  );
  expect(() => contourPlot({ ...base, x: [2, -2] })).toThrow(
    'contourPlot: x must go from a smaller to a larger number, got [2, -2]',
  );
  expect(() => contourPlot({ ...base, levels: [9] })).toThrow(
    'none of the levels [9] is reached; heights go from 0 to 8',
  );
  expect(() => contourPlot({ ...base, samples: 2 })).toThrow(
    'samples must be a whole number in 3 … 500, got 2',
  );
  expect(() => contourPlot({ ...rest, matrix: [[1, 2], [3]] })).toThrow('two rows or more of one length');
  expect(() =>
    contourPlot({
      ...rest,
      matrix: [
        [1, 2, 3],
        [3, 4, 5],
      ],
      x: [0, 1, 2, 3],
    }),
  ).toThrow('x and y must say where 3 columns and 2 rows lie, got 4 and 2');
});
