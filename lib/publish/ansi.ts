/**
 * Terminal colours as spans: the SGR codes of ECMA-48 that kernels and
 * compilers use in tracebacks. The sixteen named colours become classes, so
 * that the page's own light and dark palettes apply; 256-colour and true-colour
 * codes are mapped to the nearest named one, which keeps them legible on both.
 */
import type { ElementContent } from 'hast';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
type Colour = (typeof NAMES)[number];

interface Pen {
  colour: Colour | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

const plain = (): Pen => ({ colour: undefined, bold: false, dim: false, italic: false, underline: false });

/** The named colour for red, green and blue of 0–255: a bit each, once the channel is strong enough. */
function nearest(red: number, green: number, blue: number): Colour | undefined {
  const strongest = Math.max(red, green, blue);
  // Greys are ordinary text: their lightness was chosen for a background that is not ours.
  if (strongest - Math.min(red, green, blue) < 40) return undefined;
  const bit = (channel: number, value: number): number => (channel > strongest * 0.6 ? value : 0);
  return NAMES[bit(red, 1) | bit(green, 2) | bit(blue, 4)];
}

/** The 256-colour table: 16 named, a cube of 6×6×6, 24 greys. */
function indexed(index: number): Colour | undefined {
  if (index < 16) return NAMES[index % 8];
  if (index >= 232) return undefined;
  const cube = index - 16;
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

/** `38;5;n` and `38;2;r;g;b`: the colour, and how many codes it took. */
function extended(codes: readonly number[], at: number): { colour: Colour | undefined; used: number } {
  if (codes[at + 1] === 5) return { colour: indexed(codes[at + 2] ?? 0), used: 2 };
  const [red = 0, green = 0, blue = 0] = codes.slice(at + 2, at + 5);
  return { colour: nearest(red, green, blue), used: 4 };
}

function apply(pen: Pen, codes: readonly number[]): Pen {
  let next = { ...pen };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) next = plain();
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code >= 30 && code <= 37) next.colour = NAMES[code - 30];
    else if (code >= 90 && code <= 97) next.colour = NAMES[code - 90];
    else if (code === 39) next.colour = undefined;
    else if (code === 38 || code === 48) {
      const { colour, used } = extended(codes, i);
      if (code === 38) next.colour = colour;
      i += used;
    }
  }
  return next;
}

function classesOf(pen: Pen): string[] {
  const classes = pen.colour === undefined ? [] : [`ansi-${pen.colour}`];
  for (const style of ['bold', 'dim', 'italic', 'underline'] as const) {
    if (pen[style]) classes.push(`ansi-${style}`);
  }
  return classes;
}

const ESC = '\u001b';
const BEL = '\u0007';

/** CSI (`ESC [`), OSC (`ESC ]` … BEL or ESC \) and two-character escapes. */
const ESCAPE = new RegExp(
  `${ESC}(?:\\[([\\d;:?]*)([ -/]*[@-~])|\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|[@-Z\\\\-_])`,
  'g',
);

/** Control characters that no page can show: all but tabs and line ends. */
const CONTROL = /[^\P{Cc}\t\n]/gu;

/** Text and spans for a text with terminal escapes; unknown escapes vanish. */
export function ansiToHast(text: string): ElementContent[] {
  const nodes: ElementContent[] = [];
  let pen = plain();
  let from = 0;
  const write = (piece: string): void => {
    const value = piece.replaceAll(CONTROL, '');
    if (value === '') return;
    const className = classesOf(pen);
    const content = { type: 'text' as const, value };
    if (className.length === 0) nodes.push(content);
    else nodes.push({ type: 'element', tagName: 'span', properties: { className }, children: [content] });
  };
  for (const match of text.matchAll(ESCAPE)) {
    write(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === 'm') pen = apply(pen, (match[1] ?? '').split(/[;:]/).map(Number));
  }
  write(text.slice(from));
  return nodes;
}

/** The text without its escapes. */
export function stripAnsi(text: string): string {
  return text.replaceAll(ESCAPE, '').replaceAll(CONTROL, '');
}
