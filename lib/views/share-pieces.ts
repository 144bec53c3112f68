/**
 * What the pictures of several frames or panels have in common (axes, points,
 * words) is kept once, as definitions beside them, and each refers to it.
 *
 * Works on the SVG that this folder draws, whose elements are well formed.
 */
import { createHash } from 'node:crypto';

/** Frames whose pictures share what they have in common. */
export interface SharedFrames {
  readonly frames: readonly string[];
  /** An invisible picture that holds what they share; empty where that is nothing. */
  readonly definitions: string;
}

/** Shorter pieces cost less than a reference to them. */
const SHORTEST = 90;

/** The frames, as HTML, with every piece of a picture that occurs twice replaced by a reference. */
export function sharePieces(frames: readonly string[]): SharedFrames {
  const counts = new Map<string, number>();
  for (const frame of frames) {
    mapPieces(frame, (piece) => {
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
      return piece;
    });
  }
  const shared = new Map<string, string>();
  const short = frames.map((frame) =>
    mapPieces(frame, (piece) => {
      if ((counts.get(piece) ?? 0) < 2) return piece;
      if (isClip(piece)) {
        shared.set(piece, piece);
        return '';
      }
      if (piece.length < SHORTEST) return piece;
      const id = `inkwell-${createHash('sha256').update(piece).digest('hex').slice(0, 10)}`;
      shared.set(id, piece);
      return `<use href="#${id}"/>`;
    }),
  );
  return { frames: short, definitions: definitionsOf(shared) };
}

/** Has an id of its own, by which it is found wherever it stands. */
const isClip = (piece: string): boolean => piece.startsWith('<clipPath');

/** Not hidden by its style: clip paths in what is not displayed do not work. */
function definitionsOf(shared: ReadonlyMap<string, string>): string {
  if (shared.size === 0) return '';
  const parts = [...shared].map(([id, piece]) => (isClip(piece) ? piece : `<g id="${id}">${piece}</g>`));
  return `<svg aria-hidden="true" width="0" height="0" style="display:block"><defs>${parts.join('')}</defs></svg>`;
}

/** Each picture's pieces, changed. */
function mapPieces(html: string, change: (piece: string) => string): string {
  return html.replace(
    /(<svg viewBox[^>]*>)(.*?)(<\/svg>)/gs,
    (_, open: string, body: string, close: string) =>
      open +
      elementsOf(body)
        .map((element) => mapElement(element, change))
        .join('') +
      close,
  );
}

/** A group that only cuts off what it holds is looked into. */
function mapElement(element: string, change: (piece: string) => string): string {
  const [, open, body, close] = /^(<g clip-path="[^"]*">)(.*)(<\/g>)$/s.exec(element) ?? [];
  if (open === undefined || body === undefined || close === undefined) return change(element);
  return open + elementsOf(body).map(change).join('') + close;
}

/** The outermost elements of well-formed SVG, in order. */
function elementsOf(svg: string): string[] {
  const elements: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: tag, index } of svg.matchAll(/<[^>]*>/g)) {
    if (depth === 0) start = index;
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) depth++;
    if (depth === 0) elements.push(svg.slice(start, index + tag.length));
  }
  return elements;
}
