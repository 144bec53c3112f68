/** The geometry of convolutions as operations of our own have it (`native/addon/conv_geometry.h`). */
import type { OpAttribute } from './native-backend';
import type { RecordedOp } from './recording';
import { attribute, attributeKinds } from './rule-tools';

/** What a convolution is like. */
export interface ConvGeometry {
  /** Sizes of pictures and filters and the border of zeros. */
  readonly geometry: OpAttribute;
  /** Down and across. */
  readonly steps: readonly [number, number];
}

/**
 * The geometry of a convolution; undefined where it is of another kind: with gaps, or
 * in groups.
 *
 * @param convolution Conv2D, or one of its gradients.
 */
export function geometryOf(
  convolution: RecordedOp,
  [, height = 0, width = 0, channels]: readonly number[],
  [rows = 0, columns = 0, depth]: readonly number[],
): ConvGeometry | undefined {
  const isDense = (attribute(convolution, 'dilations') as number[]).every((n) => n === 1);
  if (!isDense || !isChannelsLast(convolution) || channels !== depth) return undefined;
  const [, down = 1, across = 1] = attribute(convolution, 'strides') as number[];
  const padding = attribute(convolution, 'padding');
  if (padding !== 'SAME' && padding !== 'VALID') return undefined; // a border of its own, which tfjs-node does not have
  const border = (length: number, filter: number, step: number): number[] => {
    const more = Math.max(0, (Math.ceil(length / step) - 1) * step + filter - length);
    return padding === 'VALID' ? [0, 0] : [Math.floor(more / 2), Math.ceil(more / 2)]; // the odd one at the end
  };
  const borders = [...border(height, rows, down), ...border(width, columns, across)];
  const value = [height, width, rows, columns, ...borders];
  return { geometry: { name: 'geometry', type: attributeKinds.int, value }, steps: [down, across] };
}

export function isChannelsLast(operation: RecordedOp): boolean {
  return attribute(operation, 'data_format') === 'NHWC';
}
