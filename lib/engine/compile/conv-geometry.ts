/** The geometry of convolutions as operations of our own have it (`native/addon/conv_geometry.h`). */
import type { OpAttribute } from './native-backend';
import type { RecordedOp } from './recording';
import { attribute, attributeKinds } from './rule-tools';

/**
 * Sizes of pictures and filters and the border of zeros; undefined where the
 * convolution is of another kind: with steps, with gaps, or in groups.
 *
 * @param convolution Conv2D, or one of its gradients.
 */
export function geometryOf(
  convolution: RecordedOp,
  [, height = 0, width = 0, channels]: readonly number[],
  [rows = 0, columns = 0, depth]: readonly number[],
): OpAttribute | undefined {
  const isOne = (name: string): boolean => (attribute(convolution, name) as number[]).every((n) => n === 1);
  if (!isOne('strides') || !isOne('dilations') || !isChannelsLast(convolution) || channels !== depth) {
    return undefined;
  }
  const border = borderOf(convolution, rows, columns);
  const value = border && [height, width, rows, columns, ...border];
  return value && { name: 'geometry', type: attributeKinds.int, value };
}

/** Zeros above, below, to the left and to the right. */
function borderOf(convolution: RecordedOp, rows: number, columns: number): number[] | undefined {
  switch (attribute(convolution, 'padding')) {
    case 'VALID':
      return [0, 0, 0, 0];
    case 'SAME': // with a step of one: what a filter is larger than one, the odd one at the end
      return [rows - 1, columns - 1].flatMap((more) => [Math.floor(more / 2), Math.ceil(more / 2)]);
    default: // a border of its own, which tfjs-node does not have
      return undefined;
  }
}

export function isChannelsLast(operation: RecordedOp): boolean {
  return attribute(operation, 'data_format') === 'NHWC';
}
