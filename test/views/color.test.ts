import {
  type ColorMap,
  colorAt,
  contrastRatio,
  defaultRange,
  extent,
  hexOf,
  luminance,
  parseHex,
  plotlyScale,
  textColorOn,
} from 'inkwell/views/color';

const MAPS: ColorMap[] = ['ink', 'light', 'diverging', 'viridis'];

describe('colour maps', () => {
  test('ink is white where there is none and black where there is all', () => {
    expect(colorAt('ink', 0)).toEqual([255, 255, 255]);
    expect(colorAt('ink', 1)).toEqual([0, 0, 0]);
    expect(colorAt('light', 0.5)).toEqual([128, 128, 128]);
  });

  test('diverging is blue, white, red; positions outside are clipped', () => {
    expect(hexOf(colorAt('diverging', -3))).toBe('#053061');
    expect(hexOf(colorAt('diverging', 0.5))).toBe('#f7f7f7');
    expect(hexOf(colorAt('diverging', 7))).toBe('#67001f');
    expect(colorAt('diverging', Number.NaN)).toEqual(colorAt('diverging', 0));
  });

  test('the stops given to Plotly are the colours drawn', () => {
    for (const map of MAPS) {
      for (const [position, color] of plotlyScale(map))
        expect(colorAt(map, position)).toEqual(parseHex(color));
    }
  });

  test('black or white text has contrast 4.5 on every colour of every map', () => {
    for (const map of MAPS) {
      for (let i = 0; i <= 256; i++) {
        const background = colorAt(map, i / 256);
        const text: [number, number, number] =
          textColorOn(background) === '#000' ? [0, 0, 0] : [255, 255, 255];
        expect(contrastRatio(background, text)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('viridis grows lighter all the way', () => {
    const lightness = Array.from({ length: 50 }, (_, i) => luminance(colorAt('viridis', i / 49)));
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
  });

  test('unknown maps and colours are named', () => {
    expect(() => colorAt('jet' as 'ink', 0)).toThrow(
      'no colour map "jet"; there are ink, light, diverging, viridis',
    );
    expect(() => parseHex('red')).toThrow('expected a colour like #1a2b3c, got red');
  });
});

test("contrast is WCAG's", () => {
  expect(contrastRatio([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrastRatio(parseHex('#767676'), [255, 255, 255])).toBeCloseTo(4.54, 2);
});

describe('ranges', () => {
  test('extent leaves NaN and infinities aside', () => {
    expect(extent([3, Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
    expect(extent([])).toEqual([0, 0]);
  });

  test.each([
    ['pixels', [0, 10, 200], 'ink', [0, 255]],
    ['shares', [0, 0.3], 'ink', [0, 1]],
    ['anything', [-5, 300], 'ink', [-5, 300]],
    ['weights', [-0.1, 0.3], 'diverging', [-0.3, 0.3]],
    ['zeros', [0, 0], 'diverging', [-1, 1]],
  ] as const)('the default for %s', (_, values, map, range) => {
    expect(defaultRange(values, map)).toEqual(range);
  });
});
