/**
 * Frames that are plots, drawn so that only what differs moves: with common
 * axes, and with one legend below all of them where it is the same in each.
 */
import { completeFigure } from '../figure';
import { legendTraces, plotLegendHtml } from '../legend-html';
import { type PlotSource, plot, plotSource } from '../plot';
import { type SharedAxes, shareAxes } from '../share-axes';
import type { View } from '../view';

/** Frames, and the legend that they share; empty where there is none. */
export interface MatchedFrames {
  readonly frames: readonly View[];
  /** HTML. */
  readonly legend: string;
}

/** The frames matched to one another where all are plots; as they are where some are not. */
export function matchedPlots(views: readonly View[], share: SharedAxes | 'none'): MatchedFrames {
  const sources = views.map(plotSource).filter((source): source is PlotSource => source !== undefined);
  if (sources.length < views.length) return { frames: views, legend: '' };
  const shared = share === 'none' ? sources : shareAxes(sources, share);
  const legends = shared.map(({ traces, layout }) =>
    plotLegendHtml(legendTraces(completeFigure(traces, layout))),
  );
  const legend = legends.every((other) => other === legends[0]) ? (legends[0] ?? '') : '';
  const frames = shared.map(({ traces, layout, alt }) =>
    plot(traces, legend === '' ? layout : { ...layout, showlegend: false }, { alt }),
  );
  return { frames, legend };
}
