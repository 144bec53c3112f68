/** Nets that tfjs's own optimizers train, by `minimize`. */
import type { Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forwardTraining, initialize } from 'inkwell/layers/net';
import type { NetSpec } from 'inkwell/layers/spec';
import type { Loss } from 'inkwell/training/losses';
import type { Side } from './fuzz-comparison';

export type OptimizerMaker = () => tf.Optimizer;

/** One of them, at a rate at which rounding stays small. */
export const optimizerMakerOf = (random: Random): OptimizerMaker =>
  random.pick([
    () => tf.train.sgd(0.01),
    () => tf.train.momentum(0.01, 0.9),
    () => tf.train.momentum(0.01, 0.9, true),
    () => tf.train.adagrad(0.01, 0.5),
    () => tf.train.adadelta(0.01, 0.9, 0.01),
    () => tf.train.adam(0.001, 0.9, 0.999, 0.01),
    () => tf.train.adamax(0.001, 0.9, 0.999, 0.01),
    () => tf.train.rmsprop(0.001, 0.9, 0.1, 0.01),
  ]);

/** A side whose step takes what the other nets' steps take, and changes nothing but the parameters. */
export function minimizingSide(net: NetSpec, loss: Loss, make: OptimizerMaker, seed: number): Side {
  const weights = initialize(net, { seed });
  const parameters = Object.fromEntries(
    Object.entries(weights.parameters).map(([name, value]) => [
      name,
      tf.tidy(() => tf.variable(value.clone())),
    ]),
  );
  const { buffers } = weights;
  const optimizer = make();
  return {
    variables: Object.values(parameters),
    step(...args) {
      const [xs, ys, indices, , , key] = args as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor1D,
        tf.Tensor,
        tf.Tensor,
        tf.Tensor1D,
      ];
      const lossOf = (): tf.Scalar => {
        const { outputs } = forwardTraining(net, { parameters, buffers }, tf.gather(xs, indices), { key });
        return loss(outputs, tf.gather(ys, indices));
      };
      return [optimizer.minimize(lossOf, true, Object.values(parameters)) as tf.Scalar];
    },
    dispose() {
      optimizer.dispose();
      // The learning rate, which tfjs's momentum forgets.
      (optimizer as unknown as { c?: tf.Tensor }).c?.dispose();
      disposeWeights(weights);
    },
  };
}
