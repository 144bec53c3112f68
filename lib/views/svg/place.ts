/**
 * Where everything of a figure stands, in pixels.
 */
import type { Figure, FullHeatmap } from '../figure';
import { type Area, layOutXLabels, type XLabels, yAxisWidth } from './axes';
import { colorBarWidth } from './color-bar';
import { type Coordinates, coordinatesOf } from './coordinates';
import { type Domain, domainOf } from './domain';
import { type Rectangle, rectanglesOf } from './rectangles';
import { createScale, type Scale } from './scale';
import { textWidth, wrapText } from './text';

/** What is known of a figure once its coordinates are. */
interface Prepared {
  readonly figure: Figure;
  readonly xAlong: Coordinates;
  readonly yAlong: Coordinates;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
  readonly bars: readonly Rectangle[];
  readonly heatmap: FullHeatmap | undefined;
}

/** A figure with every place in pixels. */
export interface Placed extends Prepared {
  readonly area: Area;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabels: XLabels;
}

/** The figure's places. */
export function placed(figure: Figure): Placed {
  return place(prepare(figure));
}

/** The picture's size: with units of one length on both axes, without the room that these leave over. */
export function sizeOf({ figure, area, heatmap, xLabels }: Placed): { width: number; height: number } {
  const { layout } = figure;
  const { lines, size } = titleOf(layout);
  const title = Math.max(...lines.split('<br>').map((line) => textWidth(line, size)));
  const beside = EDGE + (heatmap ? colorBarWidth(heatmap) : 6);
  return {
    width: Math.min(layout.width, Math.ceil(Math.max(area.right + beside, title + 2 * EDGE))),
    height: Math.min(layout.height, Math.ceil(area.bottom + EDGE / 2 + xLabels.height)),
  };
}

function prepare(figure: Figure): Prepared {
  const [xAlong, yAlong] = [coordinatesOf(figure, 'x'), coordinatesOf(figure, 'y')];
  const bars = rectanglesOf(figure, xAlong, yAlong);
  return {
    figure,
    xAlong,
    yAlong,
    bars,
    xDomain: domainOf(figure, 'x', xAlong, bars),
    yDomain: domainOf(figure, 'y', yAlong, bars),
    heatmap: figure.traces.find((trace): trace is FullHeatmap => trace.type === 'heatmap'),
  };
}

/** Around the picture, in pixels. */
export const EDGE = 12;

/** A title's lines, its size fitting the picture. */
export function titleOf({ title, width }: Figure['layout']): {
  readonly lines: string;
  readonly size: number;
} {
  const size = width < 400 ? 14 : 16;
  return { lines: title === undefined ? '' : wrapText(title, width - 2 * EDGE, size), size };
}

function topOf({ layout }: Figure): number {
  const { lines, size } = titleOf(layout);
  return lines === '' ? EDGE : EDGE + size * (1.25 * lines.split('<br>').length + 0.5);
}

function place(prepared: Prepared): Placed {
  const { figure, xAlong, yAlong, xDomain, yDomain, heatmap } = prepared;
  const { width, height, xaxis, yaxis } = figure.layout;
  const top = topOf(figure);
  const right = width - EDGE - (heatmap ? colorBarWidth(heatmap) : 6);
  const xScale = (pixels: readonly [number, number]): Scale =>
    createScale({
      along: xAlong,
      domain: xDomain,
      pixels,
      tickCount: Math.max(3, (pixels[1] - pixels[0]) / 70),
      axis: xaxis,
    });
  const yScale = (pixels: readonly [number, number]): Scale =>
    createScale({
      along: yAlong,
      domain: yDomain,
      pixels,
      tickCount: Math.max(2, (pixels[0] - pixels[1]) / 45),
      axis: yaxis,
    });
  // The words decide the room, and the room the words: one round of each settles it.
  const beside = EDGE + yAxisWidth(yScale([height - 50, top]).ticks, yaxis);
  const draftTicks = xScale([beside, right]).ticks;
  const left = Math.max(beside, layOutXLabels(draftTicks, right - beside, xaxis).overhang);
  const xLabels = layOutXLabels(draftTicks, right - left, xaxis);
  const bottom = height - EDGE / 2 - xLabels.height;
  const area = equalUnits({ left, right, top, bottom }, prepared);
  return {
    ...prepared,
    area,
    xLabels,
    x: xScale([area.left, area.right]),
    y: yScale([area.bottom, area.top]),
  };
}

/** With `scaleanchor`, the largest part of the area in which a unit is as long across as up. */
function equalUnits(area: Area, { figure, xDomain, yDomain }: Prepared): Area {
  const { xaxis, yaxis } = figure.layout;
  if (!xaxis?.scaleanchor && !yaxis?.scaleanchor) return area;
  const [across, up] = [Math.abs(xDomain[1] - xDomain[0]), Math.abs(yDomain[1] - yDomain[0])];
  const unit = Math.min((area.right - area.left) / across, (area.bottom - area.top) / up);
  return { ...area, right: area.left + unit * across, bottom: area.top + unit * up };
}
