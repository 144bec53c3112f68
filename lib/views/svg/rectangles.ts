/**
 * Bars and histograms as rectangles in the coordinates of the data: beside one
 * another, stacked or overlaid, as `barmode` says.
 */
import { countBins } from '../bins';
import type { Figure, FullBar, FullHistogram } from '../figure';
import type { Coordinates } from './coordinates';

/** One bar, in the coordinates of the data; text stands at its end. */
export interface Rectangle {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly color: string;
  readonly opacity: number;
  readonly text?: string | undefined;
  readonly horizontal: boolean;
}

/** The share of the room between two bars that a bar (or a group) takes. */
const BAR_SHARE = 0.8;

interface Bar {
  readonly at: number;
  readonly value: number;
  readonly text: string | undefined;
}

/** All bars of the figure, in the order of their traces. */
export function rectanglesOf(figure: Figure, x: Coordinates, y: Coordinates): Rectangle[] {
  const bars = figure.traces.filter((trace): trace is FullBar => trace.type === 'bar');
  const histograms = figure.traces.filter((trace): trace is FullHistogram => trace.type === 'histogram');
  return [...barRectangles(bars, figure.layout.barmode, x, y), ...histograms.flatMap(histogramRectangles)];
}

function barRectangles(
  traces: readonly FullBar[],
  barmode: string,
  x: Coordinates,
  y: Coordinates,
): Rectangle[] {
  const lists = traces.map((trace) => barsOf(trace, x, y));
  const room = BAR_SHARE * smallestGap(lists.flat().map(({ at }) => at));
  const width = barmode === 'group' ? room / Math.max(1, traces.length) : room;
  const tops = new Map<string, number>();
  return traces.flatMap((trace, index) => {
    const offset = barmode === 'group' ? (index - (traces.length - 1) / 2) * width : 0;
    return (lists[index] ?? []).map(({ at, value, text }) => {
      // Bars below zero stack downwards, on their own pile.
      const pile = `${at} ${value < 0}`;
      const base = barmode === 'stack' ? (tops.get(pile) ?? 0) : 0;
      tops.set(pile, base + value);
      const across = [at + offset - width / 2, at + offset + width / 2] as const;
      return rectangle(trace, across, [base, base + value], text);
    });
  });
}

function barsOf({ x: xs, y: ys, orientation, text }: FullBar, x: Coordinates, y: Coordinates): Bar[] {
  const lying = orientation === 'h';
  const bars = xs.map((value, i) => ({
    at: lying ? y.numberOf(ys[i]) : x.numberOf(value),
    value: lying ? x.numberOf(value) : y.numberOf(ys[i]),
    text: text?.[i],
  }));
  return bars.filter(({ at, value }) => !Number.isNaN(at + value));
}

function rectangle(
  { color, opacity = 1, orientation }: FullBar,
  across: readonly [number, number],
  along: readonly [number, number],
  text: string | undefined,
): Rectangle {
  const horizontal = orientation === 'h';
  const [[x0, x1], [y0, y1]] = horizontal ? [along, across] : [across, along];
  return { x0, x1, y0, y1, color, opacity, text, horizontal };
}

function smallestGap(places: readonly number[]): number {
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((place, i) => place - (sorted[i] ?? 0));
  return gaps.length === 0 ? 1 : Math.min(...gaps);
}

function histogramRectangles(trace: FullHistogram): Rectangle[] {
  const { start, size } = trace.xbins;
  const { color, opacity } = trace;
  return countBins(trace, trace.xbins).map((count, i) => ({
    x0: start + i * size,
    x1: start + (i + 1) * size,
    y0: 0,
    y1: count,
    color,
    opacity,
    horizontal: false,
  }));
}
