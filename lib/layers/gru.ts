/**
 * The gated recurrent unit (Cho et al., 2014): two gates, and no cell beside
 * the state.
 *
 * `r, z = σ(x·W + b + h·U + d)`, `n = tanh(x·W + b + r·(h·U + d))`,
 * `h ← (1 − z)·n + z·h`; the columns stand in the order r, z, n, as in PyTorch.
 */
import * as tf from '../engine/tf';
import type { Layer } from './layer';
import { inChains, projectSteps, recurrentShapes } from './recurrent';
import type { GruSpec } from './spec';

type Gates = [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];

/** The layer of a spec. @param where its place, for errors. */
export function gruLayer(spec: GruSpec, where: string): Layer {
  const { units } = spec;
  const shapes = recurrentShapes(spec, where, 3);
  return {
    ...shapes,
    parameters: (input) => {
      const fans = { fanIn: units, fanOut: units };
      const shape = [3 * units];
      return [
        ...shapes.parameters(input),
        { name: 'recurrentBiases', shape, initializer: 'zeros', role: 'parameter', ...fans },
      ];
    },
    forward(xs, scope) {
      const weights = scope.tensor('recurrentWeights') as tf.Tensor2D;
      const biases = scope.tensor('recurrentBiases');
      return inChains(xs, spec.returns, (part) => {
        let state = tf.zeros([part.shape[0] as number, units]) as tf.Tensor2D;
        return projectSteps(part, scope.tensor('weights'), scope.tensor('biases')).map((input) => {
          const [xr, xz, xn] = tf.split(input, 3, 1) as Gates;
          const [hr, hz, hn] = tf.split(tf.add(tf.matMul(state, weights), biases), 3, 1) as Gates;
          const update = tf.sigmoid(tf.add(xz, hz));
          const candidate = tf.tanh(tf.add(xn, tf.mul(tf.sigmoid(tf.add(xr, hr)), hn)));
          state = tf.add(candidate, tf.mul(update, tf.sub(state, candidate)));
          return state;
        });
      });
    },
  };
}
