/** Kinds of argument that are tensors; see `core/argument.ts`. */
import { having, type Kind } from '../core/argument-kinds';

export const aTensor: Kind = having(
  'a tensor, such as tf.tensor([1, 2, 3])',
  ...['dataId', 'shape', 'dtype', 'dataSync'],
);
