/**
 * How masks are coloured: a colour and a pattern for each class. The colours
 * are those that Okabe and Ito chose to be told apart with any kind of colour
 * vision (2008); the patterns say the same without colour, on paper too.
 */
import type { Pixels } from '../frames/pixels';
import { parseHex, type Rgb } from './color';
import { cycle } from './palette';

const COLORS: readonly Rgb[] = [
  '#56b4e9',
  '#d55e00',
  '#7f7f7f',
  '#f0e442',
  '#009e73',
  '#cc79a7',
  '#ffffff',
  '#0072b2',
].map(parseHex);

/** Whether the pattern's line goes through a place, in screen pixels. */
type Pattern = (x: number, y: number) => boolean;

const PATTERNS: readonly Pattern[] = [
  () => false,
  (x, y) => (x + y) % 6 === 0,
  (x, y) => x % 4 === 0 && y % 4 === 0,
  (_, y) => y % 5 === 0,
  (x, y) => (x - y + 6000) % 6 === 0,
  (x) => x % 5 === 0,
  (x, y) => x % 5 === 0 || y % 5 === 0,
  (x, y) => (x + y) % 5 === 0 || (x - y + 5000) % 5 === 0,
  (x, y) => x % 4 < 2 === y % 4 < 2,
];

/** The share of its brightness that a colour keeps where its pattern's line is. */
const LINE = 0.62;

/** The colour of a class at a place. Eight colours and nine patterns make 72 classes different. */
export function maskColor(label: number, x: number, y: number): Rgb {
  const color = cycle(COLORS, label);
  if (!cycle(PATTERNS, label)(x, y)) return color;
  return [Math.round(color[0] * LINE), Math.round(color[1] * LINE), Math.round(color[2] * LINE)];
}

/** A mask as it is shown: each pixel a square of `scale` screen pixels, dark lines between classes. */
export function paintMask({ height, width, values }: Pixels, scale: number): Pixels {
  const [rows, columns] = [height * scale, width * scale];
  const colors = new Uint8Array(rows * columns * 3);
  const labelAt = (row: number, column: number): number =>
    values[Math.floor(row / scale) * width + Math.floor(column / scale)] as number;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const label = labelAt(row, column);
      const isBorder =
        (row > 0 && labelAt(row - 1, column) !== label) || (column > 0 && labelAt(row, column - 1) !== label);
      const color = isBorder ? BORDER : maskColor(label, column, row);
      colors.set(color, 3 * (row * columns + column));
    }
  }
  return { height: rows, width: columns, channels: 3, values: colors };
}

const BORDER: Rgb = [34, 34, 34];
