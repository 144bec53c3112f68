/**
 * The colour bar beside a heatmap.
 */
import { scaleLinear } from 'd3-scale';
import { colorAt, hexOf } from '../color';
import type { FullHeatmap } from '../figure';
import type { Area } from './axes';
import { cellGridSvg } from './blocks';
import { svgText, textWidth } from './text';
import { linearTicks } from './ticks';

const STEPS = 48;

/** Room that a heatmap's colour bar takes on the right, in pixels. */
export function colorBarWidth({ showscale = true, range, colorbar }: FullHeatmap): number {
  if (!showscale) return 0;
  const labels = linearTicks(range, 5).map(({ label }) => textWidth(label));
  return 12 + 14 + 8 + Math.max(0, ...labels) + (colorbar?.title ? 22 : 0);
}

/** The colour bar, beside the area, with its values. */
export function colorBarSvg(trace: FullHeatmap, { right, top, bottom }: Area): string {
  if (trace.showscale === false) return '';
  const [x, height] = [right + 12, bottom - top];
  const steps = Array.from({ length: STEPS }, (_, i) => [
    hexOf(colorAt(trace.colorMap, 1 - i / (STEPS - 1))),
  ]);
  const bar = cellGridSvg(steps, { left: x, top, width: 14, height: height / STEPS });
  const scale = scaleLinear()
    .domain([...trace.range])
    .range([bottom, top]);
  const words = linearTicks(trace.range, 5).map(({ at, label }) =>
    svgText(label, { x: x + 20, y: scale(at) + 4 }),
  );
  const title = trace.colorbar?.title
    ? svgText(trace.colorbar.title, {
        x: x + colorBarWidth(trace) - 18,
        y: (top + bottom) / 2,
        anchor: 'middle',
        size: 14,
        rotateDegrees: -90,
      })
    : '';
  return `${bar}${words.join('')}${title}`;
}
