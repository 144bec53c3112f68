/**
 * Contour lines as a trace, open where their labels stand.
 */
import type { PlotAnnotation, ScatterTrace } from '../plot-types';
import { needed } from '../svg/line-path';
import { textWidth } from '../svg/text';
import { type Pixel, placeLabel } from './labels';
import { contourLines, type GridPoint } from './lines';
import type { Surface } from './surface';

/** How lines are drawn. */
export interface LineLook {
  readonly levels: readonly number[];
  readonly write: (level: number) => string;
  /** Of the whole picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Readable on light pages and on dark ones. */
const COLOR = '#7d7d7d';
const LABEL_SIZE = 11;

/** From places in the grid to pixels of a picture, and from there to the plane. */
function placesOf({ grid, x, y }: Surface, { width, height }: LineLook): Places {
  // About the area inside the axes.
  const [across, up] = [width - 80, height - 70];
  const [columns, rows] = [grid.width - 1, grid.height - 1];
  return {
    pixel: ([column, row]) => [(column / columns) * across, -(row / rows) * up],
    x: ([left]) => x[0] + (left / across) * (x[1] - x[0]),
    y: ([, top]) => y[0] - (top / up) * (y[1] - y[0]),
  };
}

interface Places {
  pixel(point: GridPoint): Pixel;
  x(pixel: Pixel): number;
  y(pixel: Pixel): number;
}

/** The lines of all levels as one trace, and their labels. */
export function drawLines(
  surface: Surface,
  look: LineLook,
): { readonly lines: readonly ScatterTrace[]; readonly labels: readonly PlotAnnotation[] } {
  const places = placesOf(surface, look);
  const labels: PlotAnnotation[] = [];
  const taken: Pixel[] = [];
  const pieces = look.levels.flatMap((level) =>
    contourLines(surface.grid, level).flatMap((line) => {
      const text = look.write(level);
      const pixels = line.map((point) => places.pixel(point));
      const labelled = placeLabel(pixels, textWidth(text, LABEL_SIZE) + 6, taken);
      if (!labelled) return [pixels];
      taken.push(labelled.at);
      labels.push(labelAt(labelled.at, labelled.angleDegrees, text, places));
      return [...labelled.pieces];
    }),
  );
  return { lines: [traceOf(pieces, places)], labels };
}

function labelAt(at: Pixel, angleDegrees: number, text: string, places: Places): PlotAnnotation {
  const textangle = Math.round(angleDegrees);
  return { x: places.x(at), y: places.y(at), text, textangle, showarrow: false, font: { size: LABEL_SIZE } };
}

function traceOf(pieces: readonly (readonly Pixel[])[], places: Places): ScatterTrace {
  const points = pieces
    .map(needed)
    .flatMap((piece, i): (Pixel | null)[] => (i === 0 ? [...piece] : [null, ...piece]));
  return {
    type: 'scatter',
    name: 'contour lines',
    mode: 'lines',
    x: points.map((point) => point && places.x(point)),
    y: points.map((point) => point && places.y(point)),
    line: { color: COLOR, width: 1.2, dash: 'solid' },
    showlegend: false,
    hoverinfo: 'skip',
  };
}
