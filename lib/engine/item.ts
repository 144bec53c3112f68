/**
 * The number in a tensor that holds just one: a loss, a mean, an accuracy.
 */
import { checkArguments } from '../core/argument';
import { aTensor } from './argument-kinds';
import type * as tf from './tf';

/**
 * The one number of a tensor of exactly one element, whatever its rank (`[]`,
 * `[1]`, `[1, 1]`), as PyTorch's `Tensor.item()` gives it. Waits until the
 * engine has computed it; true and false come as 1 and 0.
 *
 * @throws TypeError for what is no tensor, or holds text.
 * @throws RangeError for a tensor of none or several elements.
 *
 * @example item(tf.tensor1d([1, 2, 3]).mean()) // 2
 */
export function item(tensor: tf.Tensor): number {
  checkArguments('item', { tensor }, { tensor: aTensor });
  if (tensor.dtype === 'string' || tensor.dtype === 'complex64')
    throw new TypeError(`item: tensor must hold numbers, got one of ${tensor.dtype}`);
  if (tensor.size !== 1)
    throw new RangeError(
      `item: tensor must have one element, got shape [${tensor.shape.join(', ')}], ${tensor.size} elements; ` +
        'reduce it first (.mean(), .sum(), .max()), or take all its numbers with .dataSync()',
    );
  return Number(tensor.dataSync()[0]);
}
