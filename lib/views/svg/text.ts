/**
 * SVG text, and how wide it will be. Widths are Helvetica's (Adobe's font
 * metrics), in thousandths of the font size: near enough to any sans serif to
 * leave room for labels without a browser to measure them.
 */
import { escapeHtml } from '../../core/html';
import { htmlAttributes } from '../../frames/html';

/** The book's typeface where there is one (in print), the machine's own elsewhere. */
export const FONT_FAMILY = 'Book Sans, system-ui, -apple-system, Segoe UI, sans-serif';

/** The size of axis labels and legends, in pixels. */
export const FONT_SIZE = 13;

const WIDTHS: readonly [characters: string, width: number][] = [
  ["'ijl|", 200],
  [' !,./:;I[]\\ft', 278],
  ['"()-r`{}', 340],
  ['cksvxyzJ', 500],
  ['mM%', 860],
  ['wW@', 800],
  ['ABEKPSVXYCDHNRUGOQTFLZ', 690],
];
const OTHER = 556;
/** Fonts that stand in for Helvetica run wider. */
const FALLBACK_FONT = 1.1;

/** About how wide the text is, in pixels. */
export function textWidth(text: string, size: number = FONT_SIZE): number {
  let sum = 0;
  for (const character of text) {
    sum += WIDTHS.find(([characters]) => characters.includes(character))?.[1] ?? OTHER;
  }
  return (sum * size * FALLBACK_FONT) / 1000;
}

/** The text with `<br>` where a line would be wider than `width` pixels. */
export function wrapText(text: string, width: number, size: number = FONT_SIZE): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('<br>');
}

/** A coordinate, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}

/** Where text stands and what it looks like. */
export interface SvgTextOptions {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly weight?: 'bold';
  /** Turned about its point, or about another; negative is anticlockwise. */
  readonly rotateDegrees?: number;
  readonly about?: readonly [x: number, y: number];
  readonly color?: string;
}

/** The page's own background, in print, JupyterLab and VS Code. */
const PAPER = 'var(--paper,var(--jp-layout-color0,var(--vscode-editor-background,#fff)))';

/** Words with a seam in the page's colour that parts them from what they stand on. */
export function haloSvg(words: string): string {
  const style = `stroke:${PAPER};stroke-width:4px;stroke-linejoin:round`;
  return words === '' ? '' : `<g paint-order="stroke" style="${style}">${words}</g>`;
}

/** Text in one line, or several where `<br>` stands in it; `y` is the first base line. */
export function svgText(text: string, options: SvgTextOptions): string {
  const { x, y, anchor, size = FONT_SIZE, weight, rotateDegrees, about = [x, y], color } = options;
  const attributes = htmlAttributes({
    x: px(x),
    y: px(y),
    'text-anchor': anchor === 'start' ? undefined : anchor,
    'font-size': size === FONT_SIZE ? undefined : size,
    'font-weight': weight,
    fill: color,
    transform:
      rotateDegrees === undefined
        ? undefined
        : `rotate(${px(rotateDegrees)} ${px(about[0])} ${px(about[1])})`,
  });
  const [first = '', ...more] = text.split(/<br\s*\/?>/).map(escapeHtml);
  const lines = more.map((line) => `<tspan x="${px(x)}" dy="1.25em">${line}</tspan>`);
  return `<text${attributes}>${first}${lines.join('')}</text>`;
}
