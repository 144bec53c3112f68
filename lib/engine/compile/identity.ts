/** Holding on to a tensor of the addon. */
import type { GraphBinding, OutputInfo } from './native-backend';

/** A second hold on a tensor, with an id of its own and the same memory. */
export function identity(binding: GraphBinding, id: number, dtype?: number): OutputInfo {
  const attributes = dtype === undefined ? [] : [{ name: 'T', type: binding.TF_ATTR_TYPE, value: dtype }];
  const [info] = binding.executeOp('Identity', attributes, [id], 1);
  return info as OutputInfo;
}
