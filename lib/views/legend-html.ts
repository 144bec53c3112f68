/**
 * The legend of a plot, as words below it: they wrap where the page is narrow
 * and keep their size where the picture shrinks.
 */
import { escapeHtml } from '../core/html';
import { htmlElement } from '../frames/html';
import type { Figure, FullTrace } from './figure';
import { keySvg } from './svg/legend';

const STYLE = 'display:flex;flex-wrap:wrap;gap:2px 20px;font-size:13px;line-height:1.5;margin:2px 0 0';

/** The traces that a figure's legend names; none where it has no legend. */
export function legendTraces({ traces, layout }: Figure): readonly FullTrace[] {
  return layout.showlegend ? traces.filter((trace) => trace.showlegend) : [];
}

/** The traces' keys and names; nothing where there are none. */
export function plotLegendHtml(traces: readonly FullTrace[]): string {
  const entries = traces.map((trace) =>
    htmlElement('span', { style: 'white-space:nowrap' }, keySvg(trace) + escapeHtml(trace.name)),
  );
  return entries.length === 0 ? '' : htmlElement('div', { style: STYLE }, entries.join(''));
}
