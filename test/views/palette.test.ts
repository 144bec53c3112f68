import { contrastRatio, parseHex, type Rgb } from 'inkwell/views/color';
import { PALETTE, withOpacity } from 'inkwell/views/palette';

type Matrix = readonly (readonly [number, number, number])[];

/** Machado, Oliveira and Fernandes 2009, severity 1; the first is normal sight. */
const SIGHTS: readonly Matrix[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Ottosson 2020. */
function oklab([r, g, b]: readonly number[]): number[] {
  const dot = (x: number, y: number, z: number): number => x * (r ?? 0) + y * (g ?? 0) + z * (b ?? 0);
  const l = Math.cbrt(dot(0.4122214708, 0.5363325363, 0.0514459929));
  const m = Math.cbrt(dot(0.2119034982, 0.6806995451, 0.1073969566));
  const s = Math.cbrt(dot(0.0883024619, 0.2817188376, 0.6299787005));
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function seen(color: Rgb, sight: Matrix): number[] {
  const light = color.map(linear);
  return oklab(
    sight.map((row) =>
      Math.max(
        0,
        row.reduce((sum, share, i) => sum + share * (light[i] ?? 0), 0),
      ),
    ),
  );
}

describe('the palette', () => {
  test.each(PALETTE.map((hex) => [hex]))('%s has contrast 3 on white and on dark pages', (hex) => {
    for (const page of ['#ffffff', '#111111', '#1e1e1e']) {
      expect(contrastRatio(parseHex(hex), parseHex(page))).toBeGreaterThanOrEqual(3);
    }
  });

  test('any two colours stay apart for every kind of sight', () => {
    for (const sight of SIGHTS) {
      PALETTE.forEach((first, i) => {
        for (const second of PALETTE.slice(i + 1)) {
          const [a, b] = [seen(parseHex(first), sight), seen(parseHex(second), sight)];
          expect(Math.hypot(...a.map((value, k) => value - (b[k] ?? 0)))).toBeGreaterThan(0.08);
        }
      });
    }
  });
});

test('withOpacity', () => {
  expect(withOpacity('#2d6fdc', 0.25)).toBe('rgba(45,111,220,0.25)');
  expect(withOpacity('red', 0.25)).toBe('red');
});
