/**
 * Plots: one figure in Plotly's own terms, shown interactively where a front
 * end can (`application/vnd.plotly.v1+json`), as a static SVG picture where it
 * cannot, and in words where nothing can be seen. The printed book loads Plotly
 * from beside the page and puts it in the picture's place.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aFlag, aList, aNumber, anObject, aString, oneOf } from '../core/argument-kinds';
import { htmlFigure } from '../frames/html';
import { anAlt, type CaptionOptions, captionKinds, captionOf } from './caption';
import { completeFigure } from './figure';
import { plotPicture } from './plot-picture';
import type { PlotLayout, PlotTrace } from './plot-types';
import { plotlyFigure } from './plotly-json';
import { createView, type View } from './view';

/** The words of a plot. */
export interface PlotOptions extends CaptionOptions {
  /** What the plot shows, for those who cannot see it; must not be empty. */
  readonly alt: string;
}

/**
 * A plot of Plotly traces: scatter (lines, markers, areas, error bars), bar,
 * histogram and heatmap, with annotations and shapes, on linear, logarithmic
 * and category axes.
 *
 * Throws TypeError without `alt` or for another kind of trace, RangeError for
 * lengths that disagree and ranges that are none.
 *
 * @example plot([{ x: [1, 2, 3], y: [1, 4, 9] }], { title: 'Squares' }, { alt: 'The squares of 1, 2 and 3' })
 */
export function plot(traces: readonly PlotTrace[], layout: PlotLayout, options: PlotOptions): View {
  checkArguments('plot', { traces, layout }, { traces: aList, layout: anObject });
  checkOptions('plot', layout, {
    title: aString,
    xaxis: anObject,
    yaxis: anObject,
    annotations: aList,
    shapes: aList,
    barmode: oneOf('group', 'stack', 'overlay'),
    showlegend: aFlag,
    width: aNumber,
    height: aNumber,
  });
  checkOptions('plot', options, { alt: required(anAlt), ...captionKinds });
  const figure = completeFigure(traces, layout);
  const caption = captionOf(options);
  const view = createView({
    'application/vnd.plotly.v1+json': plotlyFigure(figure),
    'text/html': htmlFigure(plotPicture(traces, figure, options.alt), { kind: 'plot', caption }),
    'text/plain': [`[plot] ${options.alt}`, caption].filter(Boolean).join('\n'),
  });
  plots.set(view, { traces, layout, alt: options.alt });
  return view;
}

/** What a plot was made of. */
export interface PlotSource {
  readonly traces: readonly PlotTrace[];
  readonly layout: PlotLayout;
  readonly alt: string;
}

const plots = new WeakMap<View, PlotSource>();

/** What the view was drawn from, to draw it again at another size; undefined where it is no plot. */
export function plotSource(view: View): PlotSource | undefined {
  return plots.get(view);
}
