/** The dense layer: `ys = xs · weights + biases`, on the last axis of the input. */
import * as tf from '../engine/tf';
import type { Layer, ParameterSpec } from './layer';
import { checkWhole, type Shape, sizeOf } from './shape';
import type { DenseSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function denseLayer(spec: DenseSpec, where: string): Layer {
  const { units, weights = 'glorot-uniform', biases = 'zeros' } = spec;
  return {
    outputShape(input) {
      checkWhole(where, 'units', units);
      if (input.length > 0) return [...input.slice(0, -1), units];
      throw new RangeError(`${where}: expects input of at least one axis, got a scalar`);
    },
    parameters(input) {
      const fans = { fanIn: input.at(-1) as number, fanOut: units };
      return affineParameters([fans.fanIn, units], { weights, biases }, fans);
    },
    multiplyAdds: (input) => sizeOf(input) * units,
    forward(xs, scope) {
      const features = xs.shape.at(-1) as number;
      const rows = xs.rank === 2 ? xs : tf.reshape(xs, [-1, features]);
      const products = tf.matMul(rows as tf.Tensor2D, scope.tensor('weights') as tf.Tensor2D);
      const sums = biases === 'none' ? products : tf.add(products, scope.tensor('biases'));
      return xs.rank === 2 ? sums : tf.reshape(sums, [...xs.shape.slice(0, -1), units]);
    },
  };
}

/** Weights and, unless there are none, biases: one for each output. */
export function affineParameters(
  shape: Shape,
  initializers: Required<Pick<DenseSpec, 'weights' | 'biases'>>,
  fans: { readonly fanIn: number; readonly fanOut: number },
): readonly ParameterSpec[] {
  const { weights, biases } = initializers;
  const list: ParameterSpec[] = [
    { name: 'weights', shape, initializer: weights, role: 'parameter', ...fans },
  ];
  if (biases !== 'none') {
    list.push({
      name: 'biases',
      shape: [shape.at(-1) as number],
      initializer: biases,
      role: 'parameter',
      ...fans,
    });
  }
  return list;
}
