import { tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { barChart } from 'inkwell/views/charts/bar-chart';
import { functionPlot } from 'inkwell/views/charts/function-plot';
import { heatmap } from 'inkwell/views/charts/heatmap';
import { histogram } from 'inkwell/views/charts/histogram';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { scatter } from 'inkwell/views/charts/scatter';
import type { View } from 'inkwell/views/view';
import { plotlyComplaints } from '../plotly';

type Figure = { data: Record<string, unknown>[]; layout: Record<string, Record<string, unknown>> };
const figureOf = (view: View): Figure => view.bundle['application/vnd.plotly.v1+json'] as Figure;
const words = { alt: 'A picture' };

describe('lineChart', () => {
  test('counts epochs from 1 and marks few points', () => {
    const { data, layout } = figureOf(
      lineChart({ series: [{ name: 'loss', y: [3, 2, 1] }], xLabel: 'epoch', ...words }),
    );
    expect(data[0]).toMatchObject({ x: [1, 2, 3], y: [3, 2, 1], mode: 'lines+markers' });
    expect(layout['xaxis']?.['title']).toMatchObject({ text: 'epoch' });
  });

  test('bands lie behind the legend, in the colour of their line', () => {
    const view = lineChart({
      x: [1, 2],
      series: [{ name: 'a', y: [2, 2], band: { lower: [1, 1], upper: [3, 3] } }],
      ...words,
    });
    const [line, band] = figureOf(view).data;
    expect(band).toMatchObject({ x: [1, 2, 2, 1], y: [3, 3, 1, 1], fill: 'toself', showlegend: false });
    expect(line?.['line']).toMatchObject({ color: '#2d6fdc' });
    expect(band?.['fillcolor']).toBe('rgba(45,111,220,0.22)');
    expect(plotlyComplaints(figureOf(view))).toEqual([]);
  });

  test('a log range is given in values and becomes powers of ten', () => {
    const { layout } = figureOf(
      lineChart({ series: [{ name: 'a', y: [1, 2] }], yScale: 'log', yRange: [0.01, 100], ...words }),
    );
    expect(layout['yaxis']).toMatchObject({ type: 'log', range: [-2, 2] });
    expect(() => lineChart({ series: [], yScale: 'log', yRange: [0, 1], ...words })).toThrow(
      'must be above zero, got [0,1]',
    );
  });

  test('stairs have no markers, and null breaks a line', () => {
    const view = lineChart({
      series: [
        { name: 'accuracy', y: [0.1, 0.5, 0.4], step: true },
        { name: 'slope', y: [0, null, 1] },
      ],
      ...words,
    });
    const [stairs, slope] = figureOf(view).data;
    expect(stairs).toMatchObject({ mode: 'lines', line: { shape: 'hv' } });
    expect(slope).toMatchObject({ y: [0, null, 1], line: { shape: 'linear' } });
    expect(plotlyComplaints(figureOf(view))).toEqual([]);
  });

  test('a band of another length is refused', () => {
    const series = [{ name: 'a', y: [1, 2], band: { lower: [1], upper: [1, 2] } }];
    expect(() => lineChart({ series, ...words })).toThrow('the band of "a" must have 2 values, got 1 and 2');
  });
});

test('scatter draws groups of points, with one unit on both axes if asked', () => {
  const series = [
    { name: 'a', x: [1, 2], y: [3, 4], labels: ['p', 'q'] },
    { name: 'b', x: [1], y: [1] },
  ];
  const figure = figureOf(scatter({ series, equalUnits: true, ...words }));
  expect(figure.data.map((trace) => trace['mode'])).toEqual(['markers+text', 'markers']);
  expect(figure.layout['yaxis']).toMatchObject({ scaleanchor: 'x', constrain: 'domain' });
  expect(plotlyComplaints(figure)).toEqual([]);
});

test('histogram shares its bins among the sets', () => {
  const values = [
    { name: 'a', values: [0, 1, 2] },
    { name: 'b', values: Float32Array.of(8, 9, 10) },
  ];
  const figure = figureOf(histogram({ values, bins: 5, show: 'share', ...words }));
  expect(figure.data.map((trace) => trace['xbins'])).toEqual([
    { start: 0, end: 12, size: 2 },
    { start: 0, end: 12, size: 2 },
  ]);
  expect(figure.layout['yaxis']?.['title']).toMatchObject({ text: 'share' });
  expect(plotlyComplaints(figure)).toEqual([]);
  expect(() => histogram({ values: [], ...words })).toThrow('there are no values');
});

test('heatmap has row 0 at the top, square cells and the values in them', () => {
  const figure = figureOf(
    heatmap({
      matrix: tensor([
        [0.123456, 2],
        [3, 4],
      ]),
      ...words,
    }),
  );
  expect(figure.data[0]).toMatchObject({
    z: [
      [0.123456, 2],
      [3, 4],
    ],
    text: [
      ['0.123', '2'],
      ['3', '4'],
    ],
    zmin: 0.123456,
    zmax: 4,
  });
  expect(figure.layout['yaxis']).toMatchObject({ autorange: 'reversed', scaleanchor: 'x', tickvals: [0, 1] });
  expect(plotlyComplaints(figure)).toEqual([]);
  const plane = figureOf(
    heatmap({ matrix: [[1, 2]], firstRow: 'bottom', colorMap: 'diverging', values: false, ...words }),
  );
  expect(plane.data[0]).toMatchObject({ zmin: -2, zmax: 2 });
  expect(plane.data[0]).not.toHaveProperty('text');
  expect(() => heatmap({ matrix: tensor([1, 2]), ...words })).toThrow('got shape [2]');
});

test('a confusion matrix has a cell as wide as its words, and no colour bar beside them', () => {
  const matrix = Array.from({ length: 10 }, (_, row) =>
    Array.from({ length: 10 }, (_, column) => (row === column ? 1000 + row : row)),
  );
  const view = heatmap({ matrix, values: true, ...words });
  const html = String(view.bundle['text/html']);
  const sizes = [...html.matchAll(/<g fill="#\w+" font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
  // Dark and light words, in the wide picture and in the narrow one.
  expect(sizes).toHaveLength(4);
  expect(Math.min(...sizes.slice(0, 2))).toBe(13);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10);
  expect(figureOf(view).data[0]).toMatchObject({ showscale: false });
  expect(figureOf(heatmap({ matrix, valueLabel: 'pictures', ...words })).data[0]).toMatchObject({
    showscale: true,
    colorbar: { title: { text: 'pictures' } },
  });
});

test('barChart takes digits as names, upright or lying', () => {
  const upright = figureOf(barChart({ labels: [2, 9], values: [1, 2], texts: ['1', '2'], ...words }));
  expect(upright.data[0]).toMatchObject({
    x: ['2', '9'],
    y: [1, 2],
    text: ['1', '2'],
    textposition: 'outside',
  });
  expect(upright.layout['xaxis']?.['type']).toBe('category');
  const lying = figureOf(
    barChart({ labels: ['a', 'b'], values: [{ name: 's', values: [1, 2] }], direction: 'lying', ...words }),
  );
  expect(lying.data[0]).toMatchObject({ orientation: 'h', x: [1, 2], y: ['a', 'b'] });
  expect([upright, lying].flatMap(plotlyComplaints)).toEqual([]);
});

test('functionPlot evaluates functions over a domain', () => {
  const view = functionPlot({
    functions: (x) => x * x,
    domain: [-1, 1],
    samples: 3,
    points: { name: 'step', x: [1], y: [1] },
    ...words,
  });
  expect(figureOf(view).data[0]).toMatchObject({ x: [-1, 0, 1], y: [1, 0, 1], mode: 'lines' });
  expect(figureOf(view).data[1]).toMatchObject({ name: 'step', mode: 'markers' });
  expect(plotlyComplaints(figureOf(view))).toEqual([]);
  expect(() => functionPlot({ functions: Math.sin, domain: [1, 1], ...words })).toThrow(
    'from < to, got [1,1]',
  );
  expect(() => functionPlot({ functions: Math.sin, samples: 1, ...words })).toThrow(
    'samples must be a whole number from 2, got 1',
  );
});
