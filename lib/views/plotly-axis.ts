/**
 * An axis as the JSON that Plotly draws.
 */
import type { Figure } from './figure';
import type { PlotAxis } from './plot-types';
import { PLOTLY_INK } from './plotly-ink';
import { coordinatesOf } from './svg/coordinates';
import { domainOf } from './svg/domain';
import { rectanglesOf } from './svg/rectangles';
import { type Tick, ticksOf } from './svg/ticks';

/** `2.5×10⁻⁵`, as everywhere. */
const EXPONENTS = { exponentformat: 'power', minexponent: 5 };
const GRID = 'rgba(128,128,128,0.25)';

/** The figure's x or y axis. */
export function plotlyAxis(figure: Figure, axis: 'x' | 'y'): Record<string, unknown> {
  const { xaxis, yaxis } = figure.layout;
  return axisJson(axis === 'x' ? xaxis : yaxis, {
    named: coordinatesOf(figure, axis).kind === 'category',
    covered: figure.traces.some(({ type }) => type === 'heatmap'),
    equalUnits: xaxis?.scaleanchor !== undefined || yaxis?.scaleanchor !== undefined,
    ticks: logTicksOf(figure, axis),
  });
}

interface AxisContext {
  /** Whether the axis holds names instead of numbers. */
  readonly named: boolean;
  /** Whether a heatmap covers the area: grid lines would only show beside it. */
  readonly covered: boolean;
  /** Whether a unit is as long across as up. */
  readonly equalUnits: boolean;
  /** Of a logarithmic axis, where Plotly's own would have small digits between them. */
  readonly ticks: readonly Tick[] | undefined;
}

/** Plotly wants no colour for lines that are not there. */
function gridColors({ showgrid, zeroline }: PlotAxis): Record<string, unknown> {
  return {
    ...(showgrid !== false && { gridcolor: GRID }),
    ...(zeroline !== false && { zerolinecolor: GRID }),
  };
}

function axisJson(
  axis: PlotAxis = {},
  { named, covered, equalUnits, ticks }: AxisContext,
): Record<string, unknown> {
  const { title, tickvals, ...rest } = axis;
  return {
    linecolor: PLOTLY_INK,
    automargin: true,
    ...(covered || named ? { showgrid: false, zeroline: false } : gridColors(axis)),
    ...(!named && { ...EXPONENTS, separatethousands: true }),
    ...(equalUnits && { constrain: 'domain' }),
    ...(ticks && { tickvals: ticks.map(({ at }) => at), ticktext: ticks.map(({ label }) => label) }),
    ...rest,
    ...(tickvals && { tickvals: Array.from(tickvals) }),
    ...(title !== undefined && { title: { text: title, standoff: 8, font: { size: 14 } } }),
  };
}

/** The ticks of the static picture, on a logarithmic axis. */
function logTicksOf(figure: Figure, axis: 'x' | 'y'): readonly Tick[] | undefined {
  const along = coordinatesOf(figure, axis);
  if (along.kind !== 'log') return undefined;
  const bars = rectanglesOf(figure, coordinatesOf(figure, 'x'), coordinatesOf(figure, 'y'));
  return ticksOf(along, domainOf(figure, axis, along, bars), 8);
}
