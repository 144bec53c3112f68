import { frame } from 'inkwell/frames/create';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { frameView } from 'inkwell/views/frame-view';
import { imageGrid } from 'inkwell/views/image-grid';
import { INTERACT_MIME, type InteractJson, interact } from 'inkwell/views/interact';
import type { View } from 'inkwell/views/view';

const points = Array.from({ length: 40 }, (_, i) => Math.sin(i * 1.7));
const curve = (degree: number, shift = 0): View =>
  lineChart({
    series: [
      { name: 'points', y: points },
      { name: 'fit', y: points.map((y, i) => degree * Math.cos(i / 5) + y / 3 + shift) },
    ],
    alt: `Degree ${degree}, shifted by ${shift}`,
  });
const words = { alt: 'Points and a curve of a degree to choose', caption: 'Nine is too many.' };
const one = (): View =>
  interact({
    controls: { degree: [1, 3, 9] },
    start: { degree: 3 },
    frame: ({ degree }) => curve(degree),
    ...words,
  });
const two = (): View =>
  interact({
    controls: {
      degree: { values: [1, 3], label: 'degree of the polynomial' },
      shift: { values: [-2, 0, 2], unit: 'px' },
    },
    start: { degree: 3, shift: 0 },
    frame: ({ degree, shift }) => curve(degree, shift),
    ...words,
  });
const htmlOf = (view: View): string => String(view.bundle['text/html']);
const jsonOf = (view: View): InteractJson => view.bundle[INTERACT_MIME] as InteractJson;

describe('interact', () => {
  test('has a structure, HTML and words', () => {
    const view = one();
    expect(Object.keys(view.bundle)).toEqual([INTERACT_MIME, 'text/html', 'text/plain']);
    expect(jsonOf(view)).toEqual({
      version: 1,
      controls: [{ label: 'degree', values: ['1', '3', '9'] }],
      start: [1],
      print: [[0], [1], [2]],
      alt: words.alt,
    });
    expect(String(view)).toBe(
      [
        `[interactive figure] ${words.alt}`,
        ...[1, 3, 9].map((degree) => `degree ${degree}:\n[plot] Degree ${degree}, shifted by 0`),
        words.caption,
      ].join('\n'),
    );
  });

  test('says what to do where a notebook that is not trusted loses its style sheet', () => {
    const html = htmlOf(one());
    const note = /<p class="inkwell-untrusted">(.*?)<\/p>/.exec(html)?.[1];
    expect(note).toMatch(/trust the notebook \(in JupyterLab: .*\)\. It shows:<\/strong> Points and a curve/);
    // It is hidden by the style sheet alone, which such a notebook has not.
    expect(/<style>(.*?)<\/style>/s.exec(html)?.[1]).toContain('.inkwell-untrusted{display:none}');
  });

  test('needs no script: radio buttons, named and in one group, the start checked', () => {
    const html = htmlOf(one());
    expect(html).not.toMatch(/<script|\son\w+=/);
    expect(html).toMatch(/^<figure class="inkwell-figure inkwell-interact" aria-label="Points and a curve/);
    expect(html).toContain('<legend>degree</legend>');
    const buttons = [
      ...html.matchAll(/<label><input type="radio" name="([^"]+)" value="(\d)"( checked)? [^>]*>([^<]+)/g),
    ];
    expect(buttons.map(([, , value, checked, text]) => [value, checked !== undefined, text])).toEqual([
      ['0', false, '1'],
      ['1', true, '3'],
      ['2', false, '9'],
    ]);
    expect(new Set(buttons.map(([, name]) => name)).size).toBe(1);
    // Enter in a form of this kind sends nothing, and JupyterLab leaves the arrow keys to the buttons.
    expect(html).toContain('<form method="dialog">');
    expect(html.match(/<input[^>]* data-lm-suppress-shortcuts="true">/g)).toHaveLength(3);
    expect(html.match(/<figure/g)).toHaveLength(1);
  });

  test('where style sheets are cut out, the start alone is seen', () => {
    const rows = [...htmlOf(two()).matchAll(/<div class="inkwell-row"( style="display:none")?>/g)];
    expect(rows.map(([, hidden]) => hidden === undefined)).toEqual([false, true]);
    const states = [
      ...htmlOf(two()).matchAll(/<div class="inkwell-state(?: inkwell-print)?"( style="display:none")?>/g),
    ];
    expect(states.map(([, hidden]) => hidden === undefined)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  test('two controls, with words and units', () => {
    expect(jsonOf(two()).controls).toEqual([
      { label: 'degree of the polynomial', values: ['1', '3'] },
      { label: 'shift', values: ['−2 px', '0 px', '2 px'] },
    ]);
    expect(jsonOf(two())).toMatchObject({
      start: [1, 1],
      print: [
        [0, 0],
        [1, 1],
        [1, 2],
      ],
    });
    expect(htmlOf(two())).toContain('>degree of the polynomial 3, shift 0 px</div>');
  });

  test('frames of plots have common axes, and keep what they share once', () => {
    const html = htmlOf(two());
    const alone = htmlOf(curve(1));
    const scatter =
      /<path d="[^"]+" fill="none" stroke="#2d6fdc" stroke-width="2"/.exec(htmlOf(one()))?.[0] ?? '';
    expect(scatter.length).toBeGreaterThan(100);
    expect(htmlOf(one()).split(scatter)).toHaveLength(2);
    // Style sheet and controls included, six frames cost less than five plots by themselves.
    expect(html.length).toBeLessThan(4.5 * alone.length);
    expect(html.match(/<\/svg>points<\/span>/g)).toHaveLength(1);
    for (const [, id] of html.matchAll(/<use href="#([^"]+)"/g)) expect(html).toContain(`<g id="${id}">`);
    // Each id is there once, so that a clip path or a piece is never looked for in a hidden frame.
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('axes stay apart where asked', () => {
    const free = interact({
      controls: { degree: [1, 90] },
      frame: ({ degree }) => curve(degree),
      share: 'none',
      ...words,
    });
    const ticks = (html: string): number =>
      new Set([...html.matchAll(/>(\d\d)<\/text>/g)].map(([, n]) => n)).size;
    expect(ticks(htmlOf(free))).toBeGreaterThan(0);
    expect(htmlOf(free)).toContain('>−1.0</text>');
  });

  test('the same figure is the same bytes', () => {
    expect(JSON.stringify(one().bundle)).toBe(JSON.stringify(one().bundle));
  });

  test('any view with HTML is a frame; its caption stays with it', () => {
    const grid = interact({
      controls: { ink: [0, 1] },
      frame: ({ ink }) => imageGrid([[[ink]]], { alt: `ink ${ink}`, caption: 'One pixel' }),
      ...words,
    });
    expect(htmlOf(grid).match(/<figcaption/g)).toHaveLength(1);
    expect(htmlOf(grid).match(/One pixel/g)).toHaveLength(2);
    const table = interact({
      controls: { name: ['a', 'b'] },
      frame: ({ name }) => frameView(frame([{ [name]: 1 }])),
      ...words,
    });
    expect(htmlOf(table).match(/<table/g)).toHaveLength(2);
  });

  test('states for paper are those that were asked for', () => {
    const view = interact({
      controls: { degree: [1, 2, 3, 4] },
      frame: ({ degree }) => curve(degree),
      print: [{ degree: 2 }],
      ...words,
    });
    expect(jsonOf(view)).toMatchObject({ start: [0], print: [[1]] });
    expect(htmlOf(view).match(/inkwell-state inkwell-print"/g)).toHaveLength(1);
    expect(String(view)).toContain('degree 2:\n[plot] Degree 2');
  });

  test('wrong arguments are named', () => {
    const draw = (): View => curve(1);
    const of = (controls: object, more: object = {}): (() => View) => {
      return () => interact({ controls, frame: draw, ...words, ...more } as never);
    };
    expect(of({}, {})).toThrow(new RangeError('interact: controls must be one or two, got 0 ()'));
    expect(of({ a: [1], b: [1], c: [1] })).toThrow('controls must be one or two, got 3 (a, b, c)');
    expect(of({ a: [] })).toThrow('the control "a" must have a list of values, got ');
    expect(of({ a: [1, 1] })).toThrow('the values of "a" must differ, got 1, 1');
    const many = Array.from({ length: 9 }, (_, i) => i);
    expect(of({ a: many, b: many })).toThrow(
      'interact: 9 × 9 values make 81 frames, at most 60 are drawn beforehand; give fewer values',
    );
    expect(of({ a: [1, 2] }, { start: { a: 3 } })).toThrow('interact: start.a must be one of 1, 2, got 3');
    expect(of({ a: [1, 2] }, { print: [{ a: 1 }, {}] })).toThrow(
      'print[1].a must be one of 1, 2, got undefined',
    );
    expect(of({ a: [1] }, { alt: '' })).toThrow(
      'interact: alt must be words that say what the picture shows',
    );
    expect(of({ a: [1] }, { frame: () => 'text' })).toThrow(
      'frame must return a view with HTML (lineChart, imageGrid, frameView, …), got text for a 1',
    );
    expect(of({ a: [1] }, { frame: async () => draw() })).toThrow(
      'frame must return a view, got a promise; compute before, draw in frame',
    );
  });
});
