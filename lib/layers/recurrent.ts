/**
 * Recurrent layers: the same weights at every step, and a state that is handed
 * on. Here is what the kinds share, and the simple one; `lstm.ts` and `gru.ts`
 * have gates. The steps are written out one after another, so the gradient
 * runs back through time (Werbos, 1990).
 */
import * as tf from '../engine/tf';
import { activationFunction } from './activation';
import type { Layer, ParameterSpec } from './layer';
import { checkRank, checkWhole } from './shape';
import type { RecurrentOptions, RecurrentSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function recurrentLayer(spec: RecurrentSpec, where: string): Layer {
  const { units, activation = 'tanh' } = spec;
  return {
    ...recurrentShapes(spec, where, 1),
    forward(xs, scope) {
      const f = activationFunction(activation, where);
      const weights = scope.tensor('recurrentWeights') as tf.Tensor2D;
      const inputs = projectSteps(xs, scope.tensor('weights'), scope.tensor('biases'));
      let state = tf.zeros([xs.shape[0] as number, units]) as tf.Tensor2D;
      const states = inputs.map((input) => {
        state = f(tf.add(input, tf.matMul(state, weights))) as tf.Tensor2D;
        return state;
      });
      return collect(states, spec.returns);
    },
  };
}

/** Shapes and parameters of a recurrent layer with so many gates. */
export function recurrentShapes(
  spec: RecurrentOptions,
  where: string,
  gates: number,
): Pick<Layer, 'outputShape' | 'parameters' | 'multiplyAdds'> {
  const { units, returns = 'last' } = spec;
  return {
    outputShape(input) {
      checkRank(where, input, 2, 'steps, features');
      checkWhole(where, 'units', units);
      return returns === 'last' ? [units] : [input[0] as number, units];
    },
    parameters: (input) => recurrentParameters(spec, input[1] as number, gates),
    multiplyAdds: ([steps = 0, features = 0]) => steps * gates * units * (features + units),
  };
}

function recurrentParameters(spec: RecurrentOptions, features: number, gates: number): ParameterSpec[] {
  const { units, weights = 'glorot-uniform', recurrentWeights = 'orthogonal' } = spec;
  const role = 'parameter';
  const fans = { fanIn: features, fanOut: units };
  return [
    { name: 'weights', shape: [features, gates * units], initializer: weights, role, ...fans },
    {
      name: 'recurrentWeights',
      shape: [units, gates * units],
      initializer: recurrentWeights,
      role,
      fanIn: units,
      fanOut: units,
    },
    { name: 'biases', shape: [gates * units], initializer: 'zeros', role, ...fans },
  ];
}

/** `x·W + b` of every step in one product, then step by step: `[batch, width]` each. */
export function projectSteps(xs: tf.Tensor, weights: tf.Tensor, biases: tf.Tensor): tf.Tensor2D[] {
  const [batch, steps, features] = xs.shape as [number, number, number];
  const rows = tf.reshape(xs, [batch * steps, features]);
  const products = tf.add(tf.matMul(rows, weights as tf.Tensor2D), biases);
  return tf.unstack(tf.reshape(products, [batch, steps, -1]), 1) as tf.Tensor2D[];
}

/** The last state, or all of them. */
export function collect(states: readonly tf.Tensor2D[], returns: RecurrentOptions['returns']): tf.Tensor {
  return returns === 'sequence' ? tf.stack([...states], 1) : (states.at(-1) as tf.Tensor2D);
}
