/**
 * Heatmaps: a matrix as coloured cells, such as a confusion matrix or a loss surface.
 */
import { checkOptions, required } from '../../core/argument';
import { aFlag, aList, aNumber, aPair, aString, either, oneOf, someNumbers } from '../../core/argument-kinds';
import { aMatrix } from '../../frames/argument-kinds';
import { formatNumber } from '../../frames/format';
import { isTensorLike, type TensorLike } from '../../frames/pixels';
import { aColorMap, type ColorMap, type ValueRange } from '../color';
import { plot } from '../plot';
import type { AxisValues, HeatmapTrace } from '../plot-types';
import { textWidth } from '../svg/text';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';

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
  /** Whether values are written in the cells, which are then large enough; default for up to 15 × 15. */
  readonly values?: boolean;
  /** Significant digits of numbers that are not whole; default 3. */
  readonly digits?: number;
  /** Stands beside the colour bar, which is there where no values are written, or where this names it. */
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
  checkOptions('heatmap', options, {
    matrix: required(aMatrix),
    x: either(someNumbers, aList),
    y: either(someNumbers, aList),
    firstRow: oneOf('top', 'bottom'),
    squareCells: aFlag,
    colorMap: aColorMap,
    range: aPair,
    values: aFlag,
    digits: aNumber,
    valueLabel: aString,
    ...chartKinds,
  });
  const { matrix, x, y, firstRow = 'top', colorMap, range, digits = 3, valueLabel } = options;
  const z = rowsOf(matrix);
  const columns = z[0]?.length ?? 0;
  const write = (value: number): string => formatNumber(value, { digits });
  const text =
    (options.values ?? Math.max(z.length, columns) <= 15)
      ? z.map((row) => Array.from(row, write))
      : undefined;
  const trace: HeatmapTrace = {
    type: 'heatmap',
    z,
    ...(x && { x }),
    ...(y && { y }),
    ...(colorMap && { colorMap }),
    ...(range && { zmin: range[0], zmax: range[1] }),
    ...(text && { text, showscale: valueLabel !== undefined }),
    ...(valueLabel !== undefined && { colorbar: { title: valueLabel } }),
  };
  const layout = { ...(text && sizeFor(text, columns)), ...chartLayout(options) };
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

/** Room for the words of every cell, cells as high as they are wide within reason. */
function sizeFor(text: readonly (readonly string[])[], columns: number): { width: number; height: number } {
  const longest = Math.max(...text.flat().map((words) => textWidth(words)));
  const across = Math.max(36, Math.ceil(longest) + 8);
  const cell = { width: Math.min(across, 640 / columns), height: Math.min(across, 40) };
  return {
    width: Math.round(Math.max(260, 90 + columns * cell.width)),
    height: Math.round(Math.max(180, 70 + text.length * cell.height)),
  };
}

/** Few rows or columns without names: every index has its tick. */
function indexTicks(names: AxisValues | undefined, count: number): { tickvals?: number[] } {
  return names === undefined && count <= 15 ? { tickvals: Array.from({ length: count }, (_, i) => i) } : {};
}
