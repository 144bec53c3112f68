import { plot } from 'inkwell/views/plot';
import type { PlotLayout, PlotTrace } from 'inkwell/views/plot-types';
import { plotlyComplaints } from './plotly';

const words = { alt: 'A picture' };
const svgOf = (traces: PlotTrace[], layout: PlotLayout = {}): string =>
  plot(traces, layout, words).bundle['text/html'] as string;
const figureOf = (
  traces: PlotTrace[],
  layout: PlotLayout = {},
): { data: Record<string, unknown>[]; layout: Record<string, unknown> } =>
  plot(traces, layout, words).bundle['application/vnd.plotly.v1+json'] as never;
/** The first picture of the two: the one for wide pages. */
const wideOf = (html: string): string => /<svg .*?<\/svg>/s.exec(html)?.[0] ?? '';
/** The corners of a path that only knows M and l. */
const cornersOf = (path: string): [number, number][][] =>
  path
    .split('M')
    .slice(1)
    .map((run) => {
      const numbers = (run.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
      let [x, y] = [numbers[0] ?? 0, numbers[1] ?? 0];
      const corners: [number, number][] = [[x, y]];
      for (let i = 2; i < numbers.length; i += 2) {
        x += numbers[i] ?? 0;
        y += numbers[i + 1] ?? 0;
        corners.push([x, y]);
      }
      return corners;
    });
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text ?? '');

describe('the bundle of a plot', () => {
  test('has the Plotly figure, the picture and the words', () => {
    const view = plot([{ y: [1, 2] }], {}, { alt: 'Up', caption: 'It rises.', dataset: 'MNIST' });
    expect(Object.keys(view.bundle)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
    expect(view.bundle['text/html']).toContain(
      '<svg viewBox="0 0 560 360" width="560" height="360" role="img" aria-label="Up"',
    );
    expect(view.bundle['text/html']).toMatch(/<figcaption[^>]*>It rises\. Data: MNIST\.<\/figcaption>/);
    expect(String(view)).toBe('[plot] Up\nIt rises. Data: MNIST.');
  });

  test('holds no script and no style sheet, and escapes what it is given', () => {
    const html = svgOf(
      [
        { y: [1], name: '<script>' },
        { y: [2], name: '"' },
      ],
      { title: '<b>&' },
    );
    expect(html).not.toMatch(/<(script|style|b)\b/);
    expect(html).toContain('&lt;b&gt;&amp;');
    expect(html).toContain('&lt;script&gt;');
  });

  test('is the same bytes for the same figure', () => {
    const draw = (): string =>
      JSON.stringify(plot([{ y: [1, 3, 2] }], { xaxis: { range: [0, 1] } }, words).bundle);
    expect(draw()).toBe(draw());
  });

  test('without alt it is refused', () => {
    expect(() => plot([{ y: [1] }], {}, {} as never)).toThrow(
      new TypeError(
        'plot: alt must be words that say what the picture shows, for those who cannot see it, got undefined',
      ),
    );
    expect(() => plot([{ y: [1] }], {}, undefined as never)).toThrow(
      'plot: options must be an object, with alt',
    );
  });
});

describe('the Plotly figure', () => {
  const figures: Record<string, [PlotTrace[], PlotLayout]> = {
    lines: [
      [
        { y: [1, Number.NaN, 3], name: 'a' },
        { x: [1, 2], y: [1, 2], name: 'b', fill: 'tonexty' },
      ],
      { title: 't', xaxis: { title: 'x' } },
    ],
    markers: [
      [{ x: [1, 2], y: [3, 4], mode: 'markers', error_y: { array: [1, 2], arrayminus: [0, 1] } }],
      { yaxis: { scaleanchor: 'x' } },
    ],
    words: [
      [{ x: [1], y: [1], mode: 'markers+text', text: ['here'] }],
      { annotations: [{ x: 1, y: 1, text: 'a' }] },
    ],
    bars: [
      [
        { type: 'bar', x: ['a', 'b'], y: [1, 2], text: ['1', '2'] },
        { type: 'bar', x: ['a', 'b'], y: [2, 1] },
      ],
      { barmode: 'stack' },
    ],
    histogram: [[{ type: 'histogram', x: Float32Array.of(1, 2, 2, 3), histnorm: 'probability' }], {}],
    heatmap: [
      [
        {
          type: 'heatmap',
          z: [
            [1, 2],
            [3, 4],
          ],
          text: [
            ['1', '2'],
            ['3', '4'],
          ],
          colorbar: { title: 'n' },
        },
      ],
      { yaxis: { autorange: 'reversed' } },
    ],
    logarithm: [
      [{ x: [1, 10], y: [1, 100] }],
      {
        xaxis: { type: 'log' },
        yaxis: { type: 'log', range: [0, 2] },
        annotations: [{ x: 10, y: 100, text: 'a', showarrow: false }],
        shapes: [{ type: 'rect', x0: 1, x1: 2, y0: 0, y1: 1, yref: 'paper' }],
      },
    ],
  };
  test.each(Object.entries(figures))('of %s is valid for Plotly itself', (_, [traces, layout]) => {
    expect(plotlyComplaints(figureOf(traces, layout))).toEqual([]);
  });

  test('its title breaks its lines, which Plotly would not, and its legend stands below', () => {
    const { layout } = figureOf([{ y: [1] }, { y: [2] }], {
      title: 'A title that is much too long for the width of a telephone',
    });
    const title = layout['title'] as { text: string; y: number };
    expect(title.text).toMatch(/^A title that[^<]*<br>[^<]*telephone$/);
    expect(layout['margin']).toMatchObject({ t: expect.closeTo(77, 0) });
    expect((layout['legend'] as { y: number }).y).toBeLessThan(-0.15);
    expect(layout['font']).toMatchObject({ family: expect.stringMatching(/^Book Sans, system-ui/) });
  });

  test('the colour bar has the ticks of the picture', () => {
    const { data } = figureOf([{ type: 'heatmap', z: [[0, 4e-5]] }]);
    expect(data[0]?.['colorbar']).toMatchObject({
      ticktext: expect.arrayContaining(['0', '10⁻⁵', '4 × 10⁻⁵']),
    });
  });

  test('that check does find mistakes', () => {
    expect(plotlyComplaints({ data: [{ type: 'scatter', y: [1], foo: 2 }], layout: {} })).toEqual([
      'In data trace 0, key foo is not part of the schema',
    ]);
  });

  test('is plain data: typed arrays are arrays, NaN is null, six digits', () => {
    const { data } = figureOf([
      { x: Float32Array.of(0.1), y: [Number.NaN] },
      { type: 'histogram', x: Uint8Array.of(1, 2) },
    ]);
    expect(data[0]).toMatchObject({ x: [0.1], y: [null] });
    expect(data[1]?.['x']).toEqual([1, 2]);
  });

  test('wants the powers of ten of annotations on logarithmic axes', () => {
    const { layout } = figureOf([{ x: [1, 1000], y: [1, 2] }], {
      xaxis: { type: 'log' },
      annotations: [{ x: 100, y: 1, text: 'a' }],
    });
    expect(layout['annotations']).toEqual([
      { ax: 20, ay: -30, showarrow: true, arrowcolor: '#888888', x: 2, y: 1, text: 'a' },
    ]);
  });

  test('and the picture have the same colours, dashes and bins', () => {
    const traces: PlotTrace[] = [{ y: [1, 2] }, { y: [2, 1] }];
    const { data } = figureOf(traces);
    for (const trace of data)
      expect(svgOf(traces)).toContain(`stroke="${(trace['line'] as { color: string }).color}"`);
    expect(data.map((trace) => (trace['line'] as { dash: string }).dash)).toEqual(['solid', 'dash']);
    expect(svgOf(traces)).toContain('stroke-dasharray="8 5"');
    expect(figureOf([{ type: 'histogram', x: [0, 1, 2, 9.5], nbinsx: 5 }]).data[0]?.['xbins']).toEqual({
      start: 0,
      end: 10,
      size: 2,
    });
  });
});

describe('the picture', () => {
  test('lines go through their points and break at NaN', () => {
    const svg = svgOf([{ x: [0, 1, 2, 3], y: [0, 1, Number.NaN, 1] }], {
      xaxis: { range: [0, 4] },
      yaxis: { range: [0, 2] },
    });
    const [, path = ''] = /<path d="(M[^"]*)" fill="none" stroke="#2d6fdc"/.exec(svg) ?? [];
    const [[[x0, y0] = [0, 0], [x1, y1] = [0, 0]] = [], [[x3, y3] = [0, 0]] = [], ...more] = cornersOf(path);
    expect(more).toEqual([]);
    expect(x3 - x0).toBeCloseTo(3 * (x1 - x0), 0);
    expect(y1).toBeLessThan(y0);
    expect(y3).toBeCloseTo(y1, 5);
  });

  test('stairs go along and up, and never slant', () => {
    const svg = svgOf([{ x: [0, 1, 2], y: [1, 3, 2], line: { shape: 'hv' } }]);
    const [, path = ''] = /<path d="(M[^"]*)" fill="none" stroke="#2d6fdc"/.exec(svg) ?? [];
    expect(path).toMatch(/^M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+V[\d.]+$/);
    expect(figureOf([{ y: [1, 2], line: { shape: 'hv' } }]).data[0]?.['line']).toMatchObject({ shape: 'hv' });
  });

  test('points on the chord between their neighbours cost nothing, corners stay', () => {
    const y = Array.from({ length: 101 }, (_, i) => Math.abs(i - 50));
    const [, path = ''] = /<path d="(M[^"]*)" fill="none" stroke="#2d6fdc"/.exec(svgOf([{ y }])) ?? [];
    const [corners = []] = cornersOf(path);
    expect(corners.length).toBeLessThan(8);
    expect(corners).toContainEqual([
      expect.closeTo(((corners[0]?.[0] ?? 0) + (corners.at(-1)?.[0] ?? 0)) / 2, 0),
      Math.max(...corners.map(([, height]) => height)),
    ]);
  });

  test('axes, title and legend say what they are', () => {
    const svg = svgOf(
      [
        { y: [0, 10], name: 'first' },
        { y: [5, 5], name: 'second' },
      ],
      { title: 'Title', xaxis: { title: 'epoch' }, yaxis: { title: 'loss' } },
    );
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['Title', 'epoch', 'loss', '0', '2', '10']));
    expect(svgOf([{ y: [1], name: 'alone' }])).not.toContain('alone');
  });

  test('the legend stands below in words of the page, each beside its line', () => {
    const html = svgOf([
      { y: [0, 10], name: 'first' },
      { y: [5, 5], name: 'second <b>', mode: 'lines+markers' },
    ]);
    const legend = html.slice(html.lastIndexOf('</div><div style="display:flex'));
    expect(legend).toMatch(/<span[^>]*><svg[^>]*aria-hidden="true"[^>]*>.*?<\/svg>first<\/span>/);
    expect(legend).toContain('second &lt;b&gt;</span>');
    expect(legend).toContain('stroke-dasharray="8 5"');
    expect(textsOf(html)).not.toContain('first');
  });

  test('a narrow screen has a picture of its own, which print shows in the place of the wide one', () => {
    const html = svgOf([{ y: [1, 2] }], {
      title: 'A title that is much too long for the width of a telephone',
    });
    const [wide = '', narrow = ''] = html.match(/<div class="inkwell-picture.*?<\/svg><\/div>/gs) ?? [];
    expect(wide).toContain('inkwell-wide');
    expect(wide).not.toContain('display:none');
    expect(narrow).toMatch(/^<div class="inkwell-picture inkwell-narrow" style="[^"]*display:none"/);
    expect(narrow).toContain('viewBox="0 0 350 290"');
    expect(narrow).toMatch(/>A title that is much too long for the width <tspan|>A title [^<]*<tspan/);
    expect(svgOf([{ y: [1, 2] }], { width: 300 })).not.toContain('inkwell-narrow');
  });

  test('units of one length on both axes leave no empty room', () => {
    const svg = svgOf([{ type: 'heatmap', z: [[1, 2]], showscale: false }], { yaxis: { scaleanchor: 'x' } });
    const [, width = '', height = ''] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    expect(Number(width)).toBe(560);
    expect(Number(height)).toBeLessThan(320);
  });

  test('a logarithmic axis has a tick at each power of ten, all in one notation', () => {
    const xOf = (x: number[]): string[] =>
      textsOf(wideOf(svgOf([{ x, y: [1, 2] }], { xaxis: { type: 'log' } })));
    expect(xOf([1e-5, 1]).slice(0, 6)).toEqual(['10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '1']);
    expect(xOf([1e-3, 10]).slice(0, 5)).toEqual(['0.001', '0.01', '0.1', '1', '10']);
    expect(xOf([2.5e-6, 3e-6])).toContain('2.6 × 10⁻⁶');
    expect(xOf([0.3, 0.9])).toEqual(expect.arrayContaining(['0.4', '0.6', '0.8']));
  });

  test('Plotly has the same ticks, and no small digits between them', () => {
    const { layout } = figureOf([{ x: [1e-3, 10], y: [1, 2] }], { xaxis: { type: 'log' } });
    expect(layout['xaxis']).toMatchObject({
      tickvals: [0.001, 0.01, 0.1, 1, 10],
      ticktext: ['0.001', '0.01', '0.1', '1', '10'],
    });
  });

  test('very large and very small numbers have a power of ten, as everywhere', () => {
    expect(textsOf(svgOf([{ x: [0.1, 0.2], y: [0, 4e-5] }]))).toEqual(
      expect.arrayContaining(['0', '10⁻⁵', '4 × 10⁻⁵']),
    );
    expect(textsOf(svgOf([{ x: [0.1, 0.2], y: [-3e6, 2e6] }]))).toEqual(
      expect.arrayContaining(['−3 × 10⁶', '2 × 10⁶']),
    );
  });

  test('within two powers of ten there are ticks between them, and bars stand on the axis', () => {
    const svg = wideOf(svgOf([{ type: 'bar', x: ['a', 'b'], y: [200, 3000] }], { yaxis: { type: 'log' } }));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['100', '200', '500', '1,000', '2,000']));
    const bottoms = [...svg.matchAll(/H[\d.]+V([\d.]+)H[\d.]+z/g)].map(([, bottom]) => bottom);
    expect(new Set(bottoms).size).toBe(1);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test('whole numbers have no ticks between them', () => {
    expect(textsOf(svgOf([{ x: [1, 2, 3], y: [0.1, 0.2, 0.3] }]))).not.toContain('1.5');
    expect(textsOf(svgOf([{ x: [1, 2, 3], y: [0.1, 0.2, 0.3] }]))).toEqual(
      expect.arrayContaining(['1', '2', '3']),
    );
  });

  test('long names slant, many stand upright, very many are thinned out', () => {
    const turns = (count: number, name: string): [number | undefined, number] => {
      const x = Array.from({ length: count }, (_, i) => `${name} ${i}`);
      const svg = wideOf(svgOf([{ type: 'bar', x, y: x.map(() => 1) }]));
      const turned = [...svg.matchAll(/rotate\((-\d+) [^>]*>[^<]*\d</g)].map(([, degrees]) =>
        Number(degrees),
      );
      return [turned[0], turned.length];
    };
    expect(turns(3, 'n')).toEqual([undefined, 0]);
    expect(turns(5, 'a rather long name')).toEqual([-40, 5]);
    expect(turns(30, 'unit')).toEqual([-90, 30]);
    expect(turns(100, 'unit')).toEqual([-90, 34]);
  });

  test('what a logarithm cannot take is left out', () => {
    expect(svgOf([{ x: [0, 1, 10], y: [1, 1, 2] }], { xaxis: { type: 'log' } })).not.toContain('NaN');
  });

  test('bars stand on zero, stack and have their words', () => {
    const svg = svgOf([{ type: 'bar', x: ['a', 'b'], y: [1, -2], text: ['one', 'minus two'] }]);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['a', 'b', 'one', 'minus two']));
    const bars = svg.match(/M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+z/g) ?? [];
    const [up, down] = bars.map(
      (bar) => [Number(/ ([\d.]+)H/.exec(bar)?.[1]), Number(/V([\d.]+)/.exec(bar)?.[1])] as const,
    );
    expect(up?.[1]).toBe(down?.[0]);
    expect((down?.[1] ?? 0) - (down?.[0] ?? 0)).toBeCloseTo(2 * ((up?.[1] ?? 0) - (up?.[0] ?? 0)), 0);
  });

  test('cells are drawn in their colours, runs of one colour as one line', () => {
    const z = [
      [0, 0, 1],
      [1, Number.NaN, 0],
    ];
    const svg = svgOf([{ type: 'heatmap', z, colorMap: 'light', showscale: false }]);
    expect(svg).toContain('<path stroke="#000" d="M0 0h2m0 1h1"/><path stroke="#fff" d="M2 0h1m-3 1h1"/>');
    expect(
      textsOf(
        svgOf([
          {
            type: 'heatmap',
            z,
            text: [
              ['a', 'b', 'c'],
              ['d', '', 'e'],
            ],
          },
        ]),
      ),
    ).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', 'e']));
  });

  test('the first row of cells is at the bottom unless the axis is reversed', () => {
    const place = (layout: PlotLayout): number[] => {
      const svg = svgOf([{ type: 'heatmap', z: [[1], [2]], showscale: false }], layout);
      return (/translate\(([\d. -]+)\)scale\(([\d. -]+)\)/.exec(svg)?.slice(1) ?? []).map((pair) =>
        Number(pair.split(' ')[1]),
      );
    };
    const [low = 0, upwards = 0] = place({});
    const [high = 0, downwards = 0] = place({ yaxis: { autorange: 'reversed' } });
    expect(upwards).toBeLessThan(0);
    expect(upwards).toBeCloseTo(-downwards);
    expect(low + upwards).toBeCloseTo(high, 0);
  });

  test('an axis that shows no line has none, the other keeps its own', () => {
    const lines = (layout: PlotLayout): number =>
      (wideOf(svgOf([{ y: [1, 2] }], layout)).match(/stroke-opacity="0.5"/g) ?? []).length;
    const path = (layout: PlotLayout): string =>
      /d="([^"]*)"[^>]*stroke-opacity="0.5"/.exec(wideOf(svgOf([{ y: [1, 2] }], layout)))?.[1] ?? '';
    const [xaxis, yaxis] = [{ showline: false }, { showline: false }];
    expect(path({})).toMatch(/^M[\d. ]+V[\d.]+H[\d.]+$/);
    expect(path({ xaxis })).toMatch(/^M[\d. ]+V[\d.]+$/);
    expect(path({ yaxis })).toMatch(/^M[\d. ]+H[\d.]+$/);
    expect([lines({}), lines({ xaxis, yaxis })]).toEqual([1, 0]);
  });

  test('cells of several sizes meet half-way between their centres', () => {
    const svg = svgOf([{ type: 'heatmap', z: [[1, 2, 3]], x: [0, 1, 4], showscale: false }]);
    const widths = [...svg.matchAll(/<path fill="#\w+" d="M([\d.]+) [\d.]+H([\d.]+)/g)].map(
      ([, left, right]) => Number(right) - Number(left),
    );
    const [first = 0, second = 0, third = 0] = widths;
    expect(second / first).toBeCloseTo(2, 1);
    expect(third / first).toBeCloseTo(3, 1);
  });

  test('28 × 28 weights stay small pictures, for wide and narrow pages', () => {
    const z = Array.from({ length: 28 }, (_, i) =>
      Array.from({ length: 28 }, (_, j) => Math.sin(i * 12.9 + j * 78.2)),
    );
    expect(svgOf([{ type: 'heatmap', z, colorMap: 'diverging' }]).length).toBeLessThan(24_000);
  });

  test('thousands of points stay a small picture', () => {
    const y = Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 5000) + ((i * 7919) % 13) / 50);
    const svg = svgOf([{ y }]);
    expect(svg.length).toBeLessThan(40_000);
    expect(svg).not.toContain('NaN');
  });

  test('lines and words take the colour of the page', () => {
    const svg = svgOf([{ y: [1, 2] }], { annotations: [{ x: 0, y: 1, text: 'here' }] });
    expect(svg).toContain('fill="currentColor"');
    expect(svg).not.toMatch(/(fill|stroke)="(black|white|#000|#fff)"/);
  });

  test('annotations, arrows and shapes are where they belong', () => {
    const layout: PlotLayout = {
      xaxis: { range: [0, 10] },
      annotations: [{ x: 5, y: 1, text: 'one<br>two', ax: 0, ay: -20 }],
      shapes: [
        { type: 'line', x0: 5, x1: 5, y0: 0, y1: 1, yref: 'paper', line: { dash: 'dot' } },
        { type: 'circle', x0: 1, x1: 2, y0: 1, y1: 2, fillcolor: 'red', opacity: 0.5, layer: 'below' },
      ],
    };
    const svg = svgOf([{ x: [0, 10], y: [0, 2] }], layout);
    expect(svg).toMatch(/>one<tspan x="[\d.]+" dy="1\.25em">two<\/tspan>/);
    const [, x0, y0, x1, y1] =
      /<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 4"/.exec(
        svg,
      ) ?? [];
    expect(x0).toBe(x1);
    expect(Number(y0)).toBeGreaterThan(Number(y1));
    expect(svg).toContain('<ellipse');
    expect(svg.indexOf('<ellipse')).toBeLessThan(svg.indexOf('stroke="#2d6fdc"'));
  });

  test('nothing to draw is still a picture', () => {
    expect(svgOf([])).toContain('<svg');
    expect(svgOf([{ y: [] }])).not.toContain('NaN');
    expect(svgOf([{ y: [3] }])).not.toContain('NaN');
  });
});

test('wrong arguments are named', () => {
  expect(() => svgOf([{ x: [1], y: [1, 2], name: 'loss' }])).toThrow(
    new RangeError('plot: "loss" has 1 x but 2 y'),
  );
  expect(() => svgOf([{ type: 'pie' } as never])).toThrow(
    new TypeError('plot: no trace of type "pie"; there are scatter, bar, histogram, heatmap'),
  );
  expect(() => svgOf([{ type: 'heatmap', z: [[1], [1, 2]] }])).toThrow('rows of one length');
  expect(() => svgOf([{ type: 'heatmap', z: [[1]], zmin: 2, zmax: 1 }])).toThrow(
    'zmin must be below zmax, got 2 and 1',
  );
  expect(() => svgOf([{ y: [1] }], { xaxis: { range: [1, 1] } })).toThrow(
    'the range of the x axis must be two different numbers, got [1,1]',
  );
  expect(() => svgOf([{ y: [1] }], { width: 10 })).toThrow('width must be in 100 … 4000, got 10');
  expect(() => svgOf([{ type: 'histogram', x: [1], xbins: { start: 1, end: 0, size: 1 } }])).toThrow(
    'xbins must have start < end',
  );
});
