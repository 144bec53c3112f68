/**
 * Small panels side by side as one figure: one caption, one description. Plots
 * are drawn anew at the size of a panel, so that their words stay readable; a
 * legend that is the same in all of them is shown once.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aList, aNumber, oneOf, someStrings } from '../core/argument-kinds';
import { htmlElement, htmlFigure } from '../frames/html';
import { anAlt, type CaptionOptions, captionKinds, captionOf } from './caption';
import { completeFigure, type Figure } from './figure';
import { legendTraces, plotLegendHtml } from './legend-html';
import { type PlotSource, plotSource } from './plot';
import { type SharedAxes, shareAxes } from './share-axes';
import { sharePieces } from './share-pieces';
import { figureSvg } from './svg/draw';
import { createView, type View } from './view';

/** How panels stand, and the words that go with them. */
export interface SubplotsOptions extends CaptionOptions {
  /** What the panels show together, for those who cannot see them; must not be empty. */
  readonly alt: string;
  /** Panels in a row, ≥ 1; default up to three. Narrow screens have fewer. */
  readonly columns?: number;
  /** One for each panel, above it; default the plots' own. */
  readonly titles?: readonly string[];
  /** Which axes all panels have in common; default each its own. */
  readonly share?: SharedAxes;
  /** Of all panels in a row, pixels; default 720, less where there are fewer than three. */
  readonly width?: number;
  /** Of one panel, pixels; default four fifths of its width. */
  readonly height?: number;
}

const GAP = 14;
const WIDEST_PANEL = 352;

/**
 * Plots as panels of one figure.
 *
 * Throws TypeError without `alt` or for a view that is no plot, RangeError without panels, where titles are not
 * one for each panel, and for panels too small to read (under 120 pixels).
 *
 * @example subplots([fit(1), fit(3), fit(9)], { titles: ['degree 1', 'degree 3', 'degree 9'], share: 'both', alt: '…' })
 */
export function subplots(views: readonly View[], options: SubplotsOptions): View {
  checkArguments('subplots', { views }, { views: aList });
  checkOptions('subplots', options, {
    alt: required(anAlt),
    columns: aNumber,
    titles: someStrings,
    share: oneOf('x', 'y', 'both'),
    width: aNumber,
    height: aNumber,
    ...captionKinds,
  });
  const { alt, titles, share, columns = Math.min(views.length, 3) } = options;
  checkPanels(views, options, columns);
  const width = panelWidth(columns, options.width);
  const height = options.height ?? Math.round(width * 0.8);
  const sources = views.map(sourceOf).map(({ traces, layout, alt: own }, i) => {
    const title = titles?.[i] ?? layout.title;
    return { traces, layout: { ...layout, width, height, ...(title !== undefined && { title }) }, alt: own };
  });
  const panels = (share ? shareAxes(sources, share) : sources).map(({ traces, layout }) =>
    completeFigure(traces, layout),
  );
  const caption = captionOf(options);
  return createView({
    'text/html': htmlFigure(panelsHtml(panels, { alt, columns, width }), { kind: 'plot', caption }),
    'text/plain': [`[plot, ${views.length} panels] ${alt}`, caption].filter(Boolean).join('\n'),
  });
}

function checkPanels(views: readonly View[], { titles }: SubplotsOptions, columns: number): void {
  if (views.length === 0) throw new RangeError('subplots: expected at least one plot, got none');
  if (titles && titles.length !== views.length) {
    throw new RangeError(
      `subplots: titles must be one for each panel, got ${titles.length} for ${views.length} panels`,
    );
  }
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new RangeError(`subplots: columns must be a whole number from 1, got ${columns}`);
  }
}

function panelWidth(columns: number, all = 720): number {
  const width = Math.min(WIDEST_PANEL, Math.floor((all - (columns - 1) * GAP) / columns));
  if (width >= 120) return width;
  throw new RangeError(
    `subplots: ${columns} columns in ${all} pixels leave panels of ${width}, at least 120 are needed; choose fewer columns`,
  );
}

function sourceOf(view: View, index: number): PlotSource {
  const source = plotSource(view);
  if (source) return source;
  throw new TypeError(
    `subplots: views[${index}] must be a plot (lineChart, functionPlot, heatmap, …), got ${String(view).split('\n')[0]}`,
  );
}

/** As many columns as there is room for, up to so many: more would be narrower than the share of one more. */
function gridStyle(columns: number, width: number): string {
  const share = `calc((100% - ${columns * GAP}px)/${columns + 1} + 1px)`;
  const column = `minmax(max(${Math.round(width * 0.69)}px,${share}),1fr)`;
  const most = columns * (width + GAP) - GAP;
  return `display:grid;grid-template-columns:repeat(auto-fill,${column});gap:${GAP}px;max-width:${most}px`;
}

function panelsHtml(
  panels: readonly Figure[],
  { alt, columns, width }: { alt: string; columns: number; width: number },
): string {
  const legends = panels.map((panel) => plotLegendHtml(legendTraces(panel)));
  const isShared = legends.every((legend) => legend === legends[0]);
  const { frames, definitions } = sharePieces(panels.map((panel) => figureSvg(panel)));
  const cells = frames.map((frame, i) => htmlElement('div', {}, frame + (isShared ? '' : legends[i])));
  const style = gridStyle(columns, width);
  // One picture for those who hear it: its parts are silent.
  const grid = htmlElement('div', { role: 'img', 'aria-label': alt, style }, cells.join(''));
  return definitions + grid + (isShared ? (legends[0] ?? '') : '');
}
