/**
 * Recurrent layers: the same weights at every step, and a state that is handed
 * on. Here is what the kinds share, and the simple one; `lstm.ts` and `gru.ts`
 * have gates. The steps are written out one after another, so the gradient
 * runs back through time (Werbos, 1990).
 */
import { nativeDevice } from '../engine/native/load';
import * as tf from '../engine/tf';
import { threadCount } from '../engine/threads';
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
      return inChains(xs, spec.returns, (part) => {
        let state = tf.zeros([part.shape[0] as number, units]) as tf.Tensor2D;
        return projectSteps(part, scope.tensor('weights'), scope.tensor('biases')).map((input) => {
          state = f(tf.add(input, tf.matMul(state, weights))) as tf.Tensor2D;
          return state;
        });
      });
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

/**
 * `x·W + b` of every step in one product, then step by step: `[batch, width]` each.
 * The steps come first in it, so that taking one copies nothing.
 */
export function projectSteps(xs: tf.Tensor, weights: tf.Tensor, biases: tf.Tensor): tf.Tensor2D[] {
  const [batch, steps, features] = xs.shape as [number, number, number];
  const rows = tf.reshape(tf.transpose(xs, [1, 0, 2]), [steps * batch, features]);
  const products = tf.add<tf.Tensor2D>(tf.matMul(rows, weights as tf.Tensor2D), biases);
  if (steps === 1) return [products]; // tfjs has no gradient of taking one apart
  return tf.unstack(tf.reshape(products, [steps, batch, -1])) as tf.Tensor2D[];
}

/** A part of the batch that is worth a chain of its own, examples. */
const LEAST_CHAIN = 16;

/**
 * Runs a batch through time. Each step waits for the one before, so the engine's
 * threads would idle: where it has several, halves of the batch go side by side.
 *
 * @param run the states `[part, units]` after each step, for a part of the batch.
 */
export function inChains(
  xs: tf.Tensor,
  returns: RecurrentOptions['returns'],
  run: (part: tf.Tensor) => readonly tf.Tensor2D[],
): tf.Tensor {
  const batch = xs.shape[0] as number;
  const chains = nativeDevice() === 'cpu' && threadCount() > 1 && batch >= 2 * LEAST_CHAIN ? 2 : 1;
  if (chains === 1) return collect(run(xs), returns);
  const half = Math.ceil(batch / 2);
  const parts = tf.split(xs, [half, batch - half]);
  return tf.concat(parts.map((part) => collect(run(part), returns)));
}

/** The last state, or all of them. */
function collect(states: readonly tf.Tensor2D[], returns: RecurrentOptions['returns']): tf.Tensor {
  return returns === 'sequence' ? tf.stack([...states], 1) : (states.at(-1) as tf.Tensor2D);
}
