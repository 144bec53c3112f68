/**
 * The part of Plotly's figures that the book draws, as types: Plotly's own
 * names and meanings (plotly.com/javascript/reference), so that one figure
 * feeds both the interactive plot and the static picture.
 */
import type { ColorMap } from './color';

/** Values along an axis: numbers, or names of categories; null where there is none. */
export type AxisValues =
  | ArrayLike<number>
  | ArrayLike<string>
  | ArrayLike<number | null>
  | ArrayLike<number | string | null>;

/** How a line is broken up. */
export type Dash = 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';

/** The shape of a marker. */
export type MarkerSymbol = 'circle' | 'square' | 'diamond' | 'triangle-up' | 'x' | 'cross';

/** What a line looks like; `hv` goes in steps: each value holds until the next x. */
export interface LineStyle {
  readonly color?: string;
  readonly width?: number;
  readonly dash?: Dash;
  readonly shape?: 'linear' | 'hv';
}

/** What markers look like; `size` is their diameter in pixels. */
export interface MarkerStyle {
  readonly color?: string;
  readonly size?: number;
  readonly symbol?: MarkerSymbol;
}

/** Points and lines; with `fill` an area, with `error_y` bars. */
export interface ScatterTrace {
  readonly type?: 'scatter';
  readonly name?: string;
  /** Default 0, 1, 2, … */
  readonly x?: AxisValues;
  /** Null or NaN breaks the line. */
  readonly y: AxisValues;
  /** Default `lines`. */
  readonly mode?: 'lines' | 'markers' | 'lines+markers' | 'text' | 'markers+text' | 'none';
  readonly text?: readonly string[];
  readonly line?: LineStyle;
  readonly marker?: MarkerStyle;
  /** Down to zero, down to the trace before, or the inside of the line. */
  readonly fill?: 'none' | 'tozeroy' | 'tonexty' | 'toself';
  readonly fillcolor?: string;
  readonly error_y?: { readonly array: ArrayLike<number>; readonly arrayminus?: ArrayLike<number> };
  readonly opacity?: number;
  readonly showlegend?: boolean;
  readonly hoverinfo?: 'skip' | 'none';
}

/** Bars, upright or (`h`) lying. */
export interface BarTrace {
  readonly type: 'bar';
  readonly name?: string;
  readonly x: AxisValues;
  readonly y: AxisValues;
  readonly orientation?: 'v' | 'h';
  /** Written on the bars. */
  readonly text?: readonly string[];
  readonly marker?: { readonly color?: string };
  readonly opacity?: number;
  readonly showlegend?: boolean;
}

/** How often values fall into each of several bins. */
export interface HistogramTrace {
  readonly type: 'histogram';
  readonly name?: string;
  readonly x: ArrayLike<number>;
  /** About so many bins, at round limits; default by the square root of the count. */
  readonly nbinsx?: number;
  /** Exact bins. */
  readonly xbins?: { readonly start: number; readonly end: number; readonly size: number };
  /** Default counts; `probability` shares of 1. */
  readonly histnorm?: '' | 'probability' | 'probability density';
  readonly marker?: { readonly color?: string };
  readonly opacity?: number;
  readonly showlegend?: boolean;
}

/** A matrix as coloured cells; row 0 is at the bottom unless the y axis is reversed. */
export interface HeatmapTrace {
  readonly type: 'heatmap';
  readonly name?: string;
  readonly z: readonly ArrayLike<number>[];
  readonly x?: AxisValues;
  readonly y?: AxisValues;
  /** Default `viridis`. */
  readonly colorMap?: ColorMap;
  readonly zmin?: number;
  readonly zmax?: number;
  /** Written in the cells. */
  readonly text?: readonly (readonly string[])[];
  /** Whether the colour bar is shown; default true. */
  readonly showscale?: boolean;
  /** Stands beside the colour bar. */
  readonly colorbar?: { readonly title?: string };
}

/** Anything that can be drawn. */
export type PlotTrace = ScatterTrace | BarTrace | HistogramTrace | HeatmapTrace;

/** One axis. */
export interface PlotAxis {
  readonly title?: string;
  /** Default by the values: `category` where they are strings. */
  readonly type?: 'linear' | 'log' | 'category';
  /** The values at its ends; of a log axis their powers of ten, as in Plotly. */
  readonly range?: readonly [number, number];
  /** `reversed` puts the smallest at the top (or right). */
  readonly autorange?: boolean | 'reversed';
  readonly tickvals?: ArrayLike<number>;
  readonly ticktext?: readonly string[];
  readonly showgrid?: boolean;
  readonly zeroline?: boolean;
  /** Whether the axis itself is drawn, along its side; default true. */
  readonly showline?: boolean;
  /** `y` on the x axis (or `x` on the y axis): units of one length on both. */
  readonly scaleanchor?: 'x' | 'y';
}

/** Words at a point, with an arrow to it unless `showarrow` is false. */
export interface PlotAnnotation {
  readonly x: number | string;
  readonly y: number | string;
  /** May hold `<br>` between lines. */
  readonly text: string;
  readonly xref?: 'x' | 'paper';
  readonly yref?: 'y' | 'paper';
  readonly showarrow?: boolean;
  /** Where the words stand, in pixels from the point; default 20 right and 30 up. */
  readonly ax?: number;
  readonly ay?: number;
  readonly xanchor?: 'left' | 'center' | 'right';
  /** Turned clockwise about the point, in degrees; default 0. */
  readonly textangle?: number;
  /** Size in pixels; default 13. */
  readonly font?: { readonly size?: number };
}

/** A line, rectangle or circle drawn over (or, `below`, under) the traces. */
export interface PlotShape {
  readonly type: 'line' | 'rect' | 'circle';
  readonly x0: number | string;
  readonly x1: number | string;
  readonly y0: number | string;
  readonly y1: number | string;
  readonly xref?: 'x' | 'paper';
  readonly yref?: 'y' | 'paper';
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: Dash };
  readonly fillcolor?: string;
  readonly opacity?: number;
  readonly layer?: 'above' | 'below';
}

/** Everything around the traces. */
export interface PlotLayout {
  readonly title?: string;
  readonly xaxis?: PlotAxis;
  readonly yaxis?: PlotAxis;
  readonly annotations?: readonly PlotAnnotation[];
  readonly shapes?: readonly PlotShape[];
  /** Of bars: default `group`; of histograms: default `overlay`. */
  readonly barmode?: 'group' | 'stack' | 'overlay';
  /** Default: where there are two traces or more. */
  readonly showlegend?: boolean;
  /** Pixels; default 560. */
  readonly width?: number;
  /** Pixels; default 360. */
  readonly height?: number;
}
