/**
 * The colours, dashes and markers that tell traces apart.
 *
 * Found by a search over OKLCH (Ottosson 2020): every colour has 3 : 1 on white
 * and on dark pages (#111, #1e1e1e), and any two stay apart by 0.08 in OKLab
 * under the common colour blindnesses (Machado et al. 2009). Nobody has to rely
 * on them: dash and marker change along with the colour.
 */
import type { Dash, MarkerSymbol } from './plot-types';

/** Colours of the first, second, … trace. */
export const PALETTE: readonly string[] = ['#2d6fdc', '#c8800d', '#8e6099', '#f15f7f', '#b04c26', '#9187cb'];

/** Dashes of the first, second, … line. */
export const DASHES: readonly Dash[] = ['solid', 'dash', 'dot', 'dashdot', 'longdash'];

/** Markers of the first, second, … trace. */
export const SYMBOLS: readonly MarkerSymbol[] = ['circle', 'square', 'diamond', 'triangle-up', 'x', 'cross'];

/** Item `index` of a list that starts again at its end. */
export function cycle<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}

/** `#rrggbb` with an opacity, as `rgba(…)`; a colour written otherwise stays as it is. */
export function withOpacity(hex: string, opacity: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return hex;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}
