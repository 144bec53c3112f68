/**
 * A canvas that shapes are filled on, one over the other, and that remembers
 * which class each pixel belongs to. Edges are smooth in the picture and sharp
 * in the mask: every pixel is 3 × 3 samples, of which the picture takes the
 * mean and the mask the middle one.
 *
 * The project draws by itself, so that the same seed gives the same bytes on
 * every machine: a library's rendering of curves and edges changes from version
 * to version.
 */
import type { Rgb } from './colour';
import type { Point, Shape } from './shapes';
import { type Span, spansOf } from './spans';

/** Samples along each side of a pixel; odd, so that one is in the middle. */
const SAMPLES = 3;

/** One colour, or one for each place, in the coordinates of the shape. */
export type Paint = Rgb | ((x: number, y: number) => Rgb);

export interface FillOptions {
  /** 0 … 1; default 1. */
  readonly opacity?: number;
  /** The class of the pixels that are covered; default: they stay what they were. */
  readonly label?: number;
}

/** Where a drawing stands: its coordinates are scaled, mirrored, turned, then moved. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** Pixels a unit; default 1. */
  readonly scale?: number;
  /** In radians, clockwise as seen; default 0. */
  readonly angle?: number;
  /** True mirrors left and right; default false. */
  readonly mirrored?: boolean;
}

/** Fills shapes that are given in coordinates of their own. */
export type Fill = (shape: Shape, paint: Paint, options?: FillOptions) => void;

/** A picture in the making. */
export class Canvas {
  private readonly columns: number;
  private readonly rows: number;
  private readonly colours: Float32Array;
  private readonly labels: Uint8Array;

  constructor(
    readonly height: number,
    readonly width: number,
  ) {
    this.rows = height * SAMPLES;
    this.columns = width * SAMPLES;
    this.colours = new Float32Array(this.rows * this.columns * 3);
    this.labels = new Uint8Array(this.rows * this.columns);
  }

  /** Fills shapes in pixels: [0, 0] is the upper left corner. */
  readonly fill: Fill = (shape, paint, options = {}) => this.at({ x: 0, y: 0 })(shape, paint, options);

  /** Fills shapes in the coordinates of a place. */
  at({ x, y, scale = 1, angle = 0, mirrored = false }: Place): Fill {
    const side = mirrored ? -1 : 1;
    const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
    const move = (point: Point): Point => ({
      x: SAMPLES * (x + side * point.x * cos - point.y * sin),
      y: SAMPLES * (y + side * point.x * sin + point.y * cos),
    });
    const square = scale * scale;
    return (shape, paint, { opacity = 1, label } = {}) => {
      const contours = shape.map((contour) => contour.map(move));
      const spans = spansOf(contours, this.rows, this.columns);
      if (label !== undefined) for (const span of spans) this.mark(span, label);
      if (typeof paint !== 'function') {
        for (const span of spans) this.coverEvenly(span, paint, opacity);
        return;
      }
      const local = (column: number, row: number): Rgb => {
        const [u, v] = [(column + 0.5) / SAMPLES - x, (row + 0.5) / SAMPLES - y];
        return paint((side * (u * cos + v * sin)) / square, (v * cos - u * sin) / square);
      };
      for (const span of spans) this.cover(span, local, opacity);
    };
  }

  private mark({ row, from, to }: Span, label: number): void {
    this.labels.fill(label, row * this.columns + from, row * this.columns + to);
  }

  private coverEvenly({ row, from, to }: Span, [red, green, blue]: Rgb, opacity: number): void {
    for (let column = from; column < to; column++) this.blend(row, column, red, green, blue, opacity);
  }

  /** The colour is asked for once a pixel, not once a sample: of its inside nobody sees more. */
  private cover(span: Span, paint: (column: number, row: number) => Rgb, opacity: number): void {
    const { row, from, to } = span;
    let [red, green, blue] = paint(from, row);
    for (let column = from; column < to; column++) {
      if (column % SAMPLES === 0) [red, green, blue] = paint(column, row);
      this.blend(row, column, red, green, blue, opacity);
    }
  }

  private blend(
    row: number,
    column: number,
    red: number,
    green: number,
    blue: number,
    opacity: number,
  ): void {
    const { colours } = this;
    const place = 3 * (row * this.columns + column);
    const [r, g, b] = [colours[place] as number, colours[place + 1] as number, colours[place + 2] as number];
    colours[place] = r + (red - r) * opacity;
    colours[place + 1] = g + (green - g) * opacity;
    colours[place + 2] = b + (blue - b) * opacity;
  }

  /** The colours, `height × width × 3` values, 0 … 255, not rounded. */
  picture(): Float32Array {
    const { height, width, columns, colours } = this;
    const values = new Float32Array(height * width * 3);
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < columns; column++) {
        const target = 3 * (Math.floor(row / SAMPLES) * width + Math.floor(column / SAMPLES));
        const source = 3 * (row * columns + column);
        for (let channel = 0; channel < 3; channel++) {
          values[target + channel] =
            (values[target + channel] as number) + (colours[source + channel] as number) / SAMPLES ** 2;
        }
      }
    }
    return values;
  }

  /** The classes, `height × width` of them. */
  mask(): Uint8Array {
    const { height, width, columns } = this;
    const middle = (SAMPLES - 1) / 2;
    return Uint8Array.from({ length: height * width }, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / width), pixel % width];
      return this.labels[(row * SAMPLES + middle) * columns + column * SAMPLES + middle] as number;
    });
  }
}
