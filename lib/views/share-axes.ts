/**
 * One range for the axes of several plots, so that they can be compared.
 */
import { completeFigure } from './figure';
import type { PlotSource } from './plot';
import { coordinatesOf } from './svg/coordinates';
import { domainOf } from './svg/domain';
import { rectanglesOf } from './svg/rectangles';

/** Which axes plots have in common. */
export type SharedAxes = 'x' | 'y' | 'both';

/** The plots with one range, over all that any of them shows, on each axis that they share. Names are left alone. */
export function shareAxes(plots: readonly PlotSource[], share: SharedAxes): readonly PlotSource[] {
  if (!['x', 'y', 'both'].includes(share)) {
    throw new RangeError(`share must be x, y or both, got ${share}`);
  }
  const axes: readonly ('x' | 'y')[] = share === 'both' ? ['x', 'y'] : [share];
  return axes.reduce<readonly PlotSource[]>(withRange, plots);
}

function withRange(plots: readonly PlotSource[], axis: 'x' | 'y'): readonly PlotSource[] {
  const ends = plots.flatMap((plot) => rangeOf(plot, axis) ?? []);
  if (ends.length < 2 * plots.length) return plots;
  const range = [Math.min(...ends), Math.max(...ends)] as const;
  const name = axis === 'x' ? 'xaxis' : 'yaxis';
  return plots.map(({ traces, layout, alt }) => {
    const settings = layout[name];
    const [first = 0, last = 0] = settings?.range ?? [];
    const isReversed = settings?.autorange === 'reversed' || first > last;
    const ordered = isReversed ? ([range[1], range[0]] as const) : range;
    return { traces, layout: { ...layout, [name]: { ...settings, range: ordered } }, alt };
  });
}

/** An axis's ends as Plotly wants them: powers of ten on a logarithmic one; undefined where it holds names. */
function rangeOf(
  { traces, layout }: Pick<PlotSource, 'traces' | 'layout'>,
  axis: 'x' | 'y',
): readonly [number, number] | undefined {
  const figure = completeFigure(traces, layout);
  const along = { x: coordinatesOf(figure, 'x'), y: coordinatesOf(figure, 'y') };
  const { kind } = along[axis];
  if (kind === 'category') return undefined;
  const [from, to] = domainOf(figure, axis, along[axis], rectanglesOf(figure, along.x, along.y));
  return kind === 'log' ? [Math.log10(from), Math.log10(to)] : [from, to];
}
