/**
 * Boxes and arrows, from Graphviz's DOT language: what a system consists of and
 * what flows where. Graphviz itself lays them out (compiled to WebAssembly in
 * `@viz-js/viz`, so that nothing needs installing); the picture takes the page's
 * own text colour, light or dark.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aString } from '../core/argument-kinds';
import { messageOf } from '../core/errors';
import { escapeHtml } from '../core/html';
import { htmlFigure, PHONE_WIDTH, scrollBox } from '../frames/html';
import { anAlt, type CaptionOptions, captionKinds, captionOf } from './caption';
import { FONT_FAMILY } from './svg/text';
import { createView, type View } from './view';

/** The words of a diagram. */
export interface DiagramOptions extends CaptionOptions {
  /** What the diagram shows, for those who cannot see it; must not be empty. */
  readonly alt: string;
}

/** Graphviz leaves room by Helvetica's widths; the words are then in the page's own typeface. */
const FONT = { fontname: 'Helvetica', fontsize: 13 } as const;

/**
 * Draws a graph.
 *
 * @param dot in DOT (graphviz.org/doc/info/lang.html). Unless it says otherwise, it runs from left
 *   to right in rounded boxes.
 * @throws TypeError without `alt`; SyntaxError, with Graphviz's words, where DOT cannot be read.
 *
 * @example display(await diagram('digraph { xs -> model -> loss; ys -> loss }', { alt: 'xs go through a model …' }))
 */
export async function diagram(dot: string, options: DiagramOptions): Promise<View> {
  checkArguments('diagram', { dot }, { dot: aString });
  checkOptions('diagram', options, { alt: required(anAlt), ...captionKinds });
  const caption = captionOf(options);
  const svg = dressed(await drawn(dot), options.alt);
  const isWide = Number(/ width="([\d.]+)"/.exec(svg)?.[1]) > PHONE_WIDTH;
  return createView({
    'text/html': htmlFigure(isWide ? scrollBox(svg, caption ?? options.alt) : svg, { kind: 'plot', caption }),
    'text/plain': [`[diagram] ${options.alt}`, caption].filter(Boolean).join('\n'),
  });
}

async function drawn(dot: string): Promise<string> {
  // Loaded with the first diagram: most chapters draw none.
  const { instance } = await import('@viz-js/viz');
  const graphviz = await instance();
  try {
    return graphviz.renderString(dot, {
      format: 'svg',
      graphAttributes: { bgcolor: 'transparent', rankdir: 'LR', nodesep: 0.35, ranksep: 0.5 },
      nodeAttributes: { shape: 'box', style: 'rounded', margin: '0.15,0.07', ...FONT },
      edgeAttributes: { arrowsize: 0.7, ...FONT, fontsize: 12 },
    });
  } catch (error) {
    throw new SyntaxError(`diagram: Graphviz cannot read this: ${messageOf(error)}`, { cause: error });
  }
}

/** The picture alone, in the page's colour, with its words. */
function dressed(svg: string, alt: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->|<title>[\s\S]*?<\/title>/g, '')
    .replace(/"black"/g, '"currentColor"')
    .replace(/<text /g, '<text fill="currentColor" ')
    .replace(/ font-family="[^"]*"/g, '')
    .replace(/ (?:xmlns:xlink|xml:space)="[^"]*"/g, '')
    .replace(
      /<svg width="([\d.]+)pt" height="([\d.]+)pt"/,
      (_, width: string, height: string) =>
        `<svg role="img" aria-label="${escapeHtml(alt)}" font-family="${FONT_FAMILY}" width="${width}" height="${height}" style="min-width:${Math.round(0.75 * Number(width))}px"`,
    )
    .trim();
}
