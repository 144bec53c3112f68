/**
 * What is written and drawn over a figure by hand: annotations and shapes.
 */
import { htmlAttributes } from '../../frames/html';
import type { PlotAnnotation, PlotShape } from '../plot-types';
import type { Area } from './axes';
import type { Scale } from './scale';
import { dashArray } from './scatter';
import { FONT_SIZE, haloSvg, px, svgText } from './text';

type Place = (value: number | string, reference: string | undefined) => number;

function placers(x: Scale, y: Scale, { left, right, top, bottom }: Area): { placeX: Place; placeY: Place } {
  return {
    placeX: (value, reference) =>
      reference === 'paper' ? left + Number(value) * (right - left) : x.place(value),
    placeY: (value, reference) =>
      reference === 'paper' ? bottom - Number(value) * (bottom - top) : y.place(value),
  };
}

/** Shapes of one layer. */
export function shapesSvg(shapes: readonly PlotShape[], x: Scale, y: Scale, area: Area): string {
  const { placeX, placeY } = placers(x, y, area);
  return shapes
    .map((shape) => {
      const corners = {
        x0: placeX(shape.x0, shape.xref),
        x1: placeX(shape.x1, shape.xref),
        y0: placeY(shape.y0, shape.yref),
        y1: placeY(shape.y1, shape.yref),
      };
      return Object.values(corners).every(Number.isFinite) ? shapeSvg(shape, corners) : '';
    })
    .join('');
}

interface Corners {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

function shapeSvg({ type, line = {}, fillcolor, opacity }: PlotShape, { x0, x1, y0, y1 }: Corners): string {
  const style = {
    fill: fillcolor ?? 'none',
    stroke: line.width === 0 ? undefined : (line.color ?? 'currentColor'),
    'stroke-width': line.width ?? 1.5,
    'stroke-dasharray': line.dash && dashArray(line.dash),
    opacity,
  };
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  switch (type) {
    case 'line':
      return `<path${htmlAttributes({ d: `M${px(x0)} ${px(y0)}L${px(x1)} ${px(y1)}`, ...style })}/>`;
    case 'rect':
      return `<path${htmlAttributes({ d: `M${px(x0)} ${px(y0)}H${px(x1)}V${px(y1)}H${px(x0)}z`, ...style })}/>`;
    case 'circle':
      return `<ellipse${htmlAttributes({ cx: px(cx), cy: px(cy), rx: px(Math.abs(x1 - cx)), ry: px(Math.abs(y1 - cy)), ...style })}/>`;
  }
}

/** Words with, unless told otherwise, an arrow from them to their point. */
export function annotationsSvg(
  annotations: readonly PlotAnnotation[],
  x: Scale,
  y: Scale,
  area: Area,
): string {
  const { placeX, placeY } = placers(x, y, area);
  const drawn = annotations.flatMap((annotation) => {
    const at = [placeX(annotation.x, annotation.xref), placeY(annotation.y, annotation.yref)] as const;
    return at.every(Number.isFinite) ? [annotationSvg(annotation, at)] : [];
  });
  const arrows = drawn.map(({ arrow }) => arrow).join('');
  return arrows + haloSvg(drawn.map(({ words }) => words).join(''));
}

interface Drawn {
  readonly arrow: string;
  readonly words: string;
}

function annotationSvg(annotation: PlotAnnotation, [x, y]: readonly [number, number]): Drawn {
  const { text, showarrow, ax = 0, ay = 0, xanchor, textangle, font } = annotation;
  const size = font?.size ?? FONT_SIZE;
  const anchors = { left: 'start', center: 'middle', right: 'end' } as const;
  const lines = text.split(/<br\s*\/?>/).length;
  if (!showarrow) {
    const turned = textangle ? { rotateDegrees: textangle, about: [x, y] as const } : {};
    const middle = y + size * 0.35 - (lines - 1) * size * 0.6;
    const anchor = anchors[xanchor ?? 'center'];
    return { arrow: '', words: svgText(text, { x, y: middle, size, anchor, ...turned }) };
  }
  const [tailX, tailY] = [x + ax, y + ay];
  const anchor = anchors[xanchor ?? (Math.abs(ax) <= Math.abs(ay) ? 'center' : ax > 0 ? 'left' : 'right')];
  const below = ay > 0 && Math.abs(ay) >= Math.abs(ax);
  const beside = Math.abs(ax) > Math.abs(ay);
  const textY = beside ? tailY + 4 : below ? tailY + 13 : tailY - 5 - (lines - 1) * 15;
  const textX = beside ? tailX + Math.sign(ax) * 4 : tailX;
  return { arrow: arrowSvg(tailX, tailY, x, y), words: svgText(text, { x: textX, y: textY, anchor, size }) };
}

function arrowSvg(fromX: number, fromY: number, toX: number, toY: number): string {
  const length = Math.hypot(toX - fromX, toY - fromY) || 1;
  const [ux, uy] = [(toX - fromX) / length, (toY - fromY) / length];
  // The tip stops short of the point, so that its marker stays in sight.
  const [tipX, tipY] = [toX - 4 * ux, toY - 4 * uy];
  const wing = (side: 1 | -1): string =>
    `L${px(tipX - 7 * ux - side * 3 * uy)} ${px(tipY - 7 * uy + side * 3 * ux)}`;
  const shaft = `M${px(fromX)} ${px(fromY)}L${px(tipX)} ${px(tipY)}`;
  return (
    `<path${htmlAttributes({ d: shaft, stroke: 'currentColor', fill: 'none' })}/>` +
    `<path${htmlAttributes({ d: `M${px(tipX)} ${px(tipY)}${wing(1)}${wing(-1)}z`, fill: 'currentColor' })}/>`
  );
}
