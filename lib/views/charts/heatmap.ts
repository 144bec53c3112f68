/**
 * Heatmaps: a matrix as coloured cells, such as a confusion matrix or a loss surface.
 */
import { formatNumber } from '../../frames/format';
import { isTensorLike, type TensorLike } from '../../frames/pixels';
import type { ColorMap, ValueRange } from '../color';
import { plot } from '../plot';
import type { AxisValues, HeatmapTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartLayout } from './chart-options';

/** A heatmap. */
export interface HeatmapOptions extends ChartOptions {
  /** Rows of numbers, or a tensor of shape [rows, columns]. */
  readonly matrix: readonly ArrayLike<number>[] | TensorLike;
  /** One for each column: names, or the numbers at their centres. Default 0, 1, 2, … */
  readonly x?: AxisValues;
  /** One for each row. */
  readonly y?: AxisValues;
  /** Whether row 0 is at the `top`, as in a matrix (default), or at the `bottom`, as in a plane. */
  readonly firstRow?: 'top' | 'bottom';
  /** Whether cells are as wide as high; default where row 0 is at the top and nothing names the columns. */
  readonly squareCells?: boolean;
  /** Default `viridis`; `diverging` is symmetric about 0. */
  readonly colorMap?: ColorMap;
  /** Values at the ends of the colour map; default from the smallest to the largest. */
  readonly range?: ValueRange;
  /** Whether values are written in the cells; default for up to 15 × 15. */
  readonly showValues?: boolean;
  /** Significant digits of numbers that are not whole; default 3. */
  readonly digits?: number;
  /** Stands beside the colour bar. */
  readonly valueLabel?: string;
}

function rowsOf(matrix: HeatmapOptions['matrix']): readonly ArrayLike<number>[] {
  if (!isTensorLike(matrix)) return matrix;
  const [rows = 0, columns = 0] = matrix.shape;
  if (matrix.shape.length !== 2) {
    throw new RangeError(`heatmap: expected a matrix of shape [rows, columns], got shape [${matrix.shape}]`);
  }
  const values = Array.from(matrix.dataSync() as ArrayLike<number>);
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

/**
 * A matrix as coloured cells.
 *
 * Throws TypeError without `alt`, RangeError for ragged rows and names that do not fit.
 *
 * @example heatmap({ matrix: confusion, xLabel: 'predicted', yLabel: 'true', alt: 'Most mistakes take a 9 for a 4' })
 */
export function heatmap(options: HeatmapOptions): View {
  const { matrix, x, y, firstRow = 'top', colorMap, range, digits = 3, valueLabel, showValues } = options;
  const z = rowsOf(matrix);
  const columns = z[0]?.length ?? 0;
  const write = (value: number): string => formatNumber(value, { digits });
  const trace: HeatmapTrace = {
    type: 'heatmap',
    z,
    ...(x && { x }),
    ...(y && { y }),
    ...(colorMap && { colorMap }),
    ...(range && { zmin: range[0], zmax: range[1] }),
    ...((showValues ?? Math.max(z.length, columns) <= 15) && {
      text: z.map((row) => Array.from(row, write)),
    }),
    ...(valueLabel !== undefined && { colorbar: { title: valueLabel } }),
  };
  const layout = chartLayout(options);
  const yaxis = {
    ...layout.yaxis,
    ...(firstRow === 'top' && { autorange: 'reversed' as const }),
    ...((options.squareCells ?? (firstRow === 'top' && !x)) && { scaleanchor: 'x' as const }),
  };
  return plot(
    [trace],
    {
      ...layout,
      xaxis: { ...indexTicks(x, columns), ...layout.xaxis },
      yaxis: { ...indexTicks(y, z.length), ...yaxis },
    },
    options,
  );
}

/** Few rows or columns without names: every index has its tick. */
function indexTicks(names: AxisValues | undefined, count: number): { tickvals?: number[] } {
  return names === undefined && count <= 15 ? { tickvals: Array.from({ length: count }, (_, i) => i) } : {};
}
