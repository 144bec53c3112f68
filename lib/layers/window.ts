/** How many windows fit along one side of a picture: shared by convolution and pooling. */
import { checkWhole } from './shape';
import type { Padding } from './spec';

/**
 * The outputs along one axis.
 *
 * @throws RangeError where the window is larger than the padded input.
 */
export function windowCount(
  where: string,
  input: number,
  window: { readonly size: number; readonly stride: number; readonly padding: Padding },
): number {
  const size = checkWhole(where, 'size', window.size);
  const stride = checkWhole(where, 'stride', window.stride);
  if (window.padding === 'same') return Math.ceil(input / stride);
  const margin = window.padding === 'valid' ? 0 : checkWhole(where, 'padding', window.padding, 0);
  const padded = input + 2 * margin;
  if (padded >= size) return Math.floor((padded - size) / stride) + 1;
  throw new RangeError(`${where}: a window of ${size} does not fit into an input of ${padded} pixels`);
}
