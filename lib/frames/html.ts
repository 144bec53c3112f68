/**
 * HTML as text, escaped: the few helpers that tables and figures share.
 *
 * Everything shown in a notebook is made to survive a sanitiser: no scripts, no
 * style sheets, only inline `style` with plain properties, so that the look
 * does not depend on the page around it.
 */
import { escapeHtml } from '../core/html';

/** Attribute values; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** ` name="value"` for each attribute, escaped, in the order given. */
export function htmlAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`))
    .join('');
}

/** One element. `content` is HTML already; text must have passed through `escapeHtml`. */
export function htmlElement(name: string, attributes: Attributes, content: string): string {
  return `<${name}${htmlAttributes(attributes)}>${content}</${name}>`;
}

/** What a telephone shows side by side, in pixels. */
export const PHONE_WIDTH = 340;

/**
 * A box for what may be wider than the page: it scrolls by itself, by keyboard
 * too, and the printed book shows a shadow where it goes on.
 */
export function scrollBox(content: string, label: string): string {
  const style = 'overflow-x:auto;max-width:100%';
  const box = { class: 'inkwell-scroll', role: 'region', 'aria-label': label, tabindex: 0, style };
  return htmlElement('div', box, htmlElement('div', { class: 'inkwell-scrolled' }, content));
}

const FIGURE_STYLE = 'margin:0.5em 0;max-width:100%';
const CAPTION_STYLE = 'margin-top:0.4em;font-size:0.9em;opacity:0.85';

/** A `<figure>` with a label for screen readers and, below the content, a caption. */
export function htmlFigure(
  content: string,
  { kind, label, caption }: { kind: string; label?: string; caption?: string | undefined },
): string {
  const attributes = { class: `inkwell-figure inkwell-${kind}`, 'aria-label': label, style: FIGURE_STYLE };
  const below =
    caption === undefined ? '' : htmlElement('figcaption', { style: CAPTION_STYLE }, escapeHtml(caption));
  return htmlElement('figure', attributes, content + below);
}
