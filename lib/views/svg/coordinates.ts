/**
 * From an axis's values to numbers: categories become 0, 1, 2, …, what a
 * logarithm cannot take becomes NaN.
 */
import type { Figure, Values } from '../figure';

/** One axis's way from values to numbers. */
export interface Coordinates {
  readonly kind: 'linear' | 'log' | 'category';
  /** The names at 0, 1, 2, … of a category axis. */
  readonly categories: readonly string[];
  /** Whether only whole numbers stand along the axis: then there are no ticks between them. */
  readonly whole: boolean;
  /** NaN for what has no place on the axis. */
  numberOf(value: number | string | null | undefined): number;
}

/** The values that the figure's traces have along an axis. */
function valuesAlong({ traces }: Figure, axis: 'x' | 'y'): Values[] {
  return traces.flatMap((trace) => (trace.type === 'histogram' ? [] : [trace[axis]]));
}

/** How the figure's x or y axis counts: as told, or by categories where any value is a string. */
export function coordinatesOf(figure: Figure, axis: 'x' | 'y'): Coordinates {
  const lists = valuesAlong(figure, axis);
  const told = figure.layout[axis === 'x' ? 'xaxis' : 'yaxis']?.type;
  const named = lists.some((values) => values.some((value) => typeof value === 'string'));
  const kind = told ?? (named ? 'category' : 'linear');
  if (kind !== 'category') {
    const numbers = lists.flat().filter((value) => value !== null);
    const counted = figure.traces.some(({ type }) => type === 'histogram');
    return {
      kind,
      whole: !counted && numbers.length > 0 && numbers.every((value) => Number.isInteger(value)),
      categories: [],
      numberOf: (value) =>
        typeof value === 'number' && Number.isFinite(value) && (kind === 'linear' || value > 0)
          ? value
          : Number.NaN,
    };
  }
  const names = lists.flat().filter((value) => value !== null);
  const categories = [...new Set(names.map(String))];
  const places = new Map(categories.map((name, i) => [name, i]));
  return {
    kind,
    whole: false,
    categories,
    // A number that names no category is a place between them, as in Plotly.
    numberOf: (value) => places.get(String(value)) ?? (typeof value === 'number' ? value : Number.NaN),
  };
}
