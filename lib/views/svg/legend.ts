/**
 * The keys of a legend: line, dash, marker or colour of a trace as it is drawn.
 */
import { htmlAttributes } from '../../frames/html';
import type { FullScatter, FullTrace } from '../figure';
import { dashArray, markersSvg } from './scatter';
import { px } from './text';

/** How wide and high a key is, in pixels. */
export const KEY_SIZE = { width: 30, height: 14 } as const;

/** A trace's key as a small picture of its own, which says nothing to those who cannot see it. */
export function keySvg(trace: FullTrace): string {
  const { width, height } = KEY_SIZE;
  const attributes = htmlAttributes({
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
    style: 'display:inline-block;vertical-align:middle;margin:0 6px 0 0',
  });
  return `<svg${attributes}>${keyShapes(trace)}</svg>`;
}

function keyShapes(trace: FullTrace): string {
  const { width, height } = KEY_SIZE;
  if (trace.type !== 'scatter') {
    const color = 'color' in trace ? trace.color : 'currentColor';
    return `<rect${htmlAttributes({ x: 9, y: 1, width: 12, height: 12, fill: color })}/>`;
  }
  const isArea = trace.fill !== 'none' && !trace.mode.includes('lines');
  const area = { x: 0, y: 1, width, height: 12, fill: trace.fillcolor };
  return (
    (isArea ? `<rect${htmlAttributes(area)}/>` : '') +
    (trace.mode.includes('lines') ? keyLine(trace) : '') +
    (trace.mode.includes('markers') ? markersSvg(trace, [[width / 2, height / 2]]) : '')
  );
}

function keyLine({ line }: FullScatter): string {
  const attributes = htmlAttributes({
    d: `M0 ${px(KEY_SIZE.height / 2)}h${KEY_SIZE.width}`,
    stroke: line.color,
    'stroke-width': line.width,
    'stroke-dasharray': dashArray(line.dash),
  });
  return `<path${attributes}/>`;
}
