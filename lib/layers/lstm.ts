/**
 * Long short-term memory: a cell that is added to rather than overwritten, so
 * that a gradient can survive many steps, and gates that decide what enters,
 * what stays and what is shown (Hochreiter and Schmidhuber, 1997; forget gate:
 * Gers, Schmidhuber and Cummins, 2000).
 *
 * `i, f, o = σ(x·W + h·U + b)`, `g = tanh(x·W + h·U + b)`,
 * `c ← f·c + i·g`, `h = o·tanh(c)`; the columns stand in the order i, f, g, o.
 */
import { type LstmParameters, lstmSteps } from '../engine/lstm';
import { hasOwnOperations } from '../engine/native/load';
import * as tf from '../engine/tf';
import type { Layer } from './layer';
import { inChains, projectSteps, recurrentShapes } from './recurrent';
import type { LstmSpec, RecurrentOptions } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function lstmLayer(spec: LstmSpec, where: string): Layer {
  const { units, forgetBias = 1 } = spec;
  const shapes = recurrentShapes(spec, where, 4);
  const biases = Array.from({ length: 4 * units }, (_, i) => (Math.floor(i / units) === 1 ? forgetBias : 0));
  return {
    ...shapes,
    parameters: (input) =>
      shapes
        .parameters(input)
        .map((spec) =>
          spec.name === 'biases' ? { ...spec, initializer: { kind: 'constant', values: biases } } : spec,
        ),
    forward(xs, scope) {
      const steps = hasOwnOperations() ? lstmSteps : composedSteps;
      const parameters = {
        weights: scope.tensor('weights'),
        recurrentWeights: scope.tensor('recurrentWeights'),
        biases: scope.tensor('biases'),
      };
      return steps(xs, parameters, spec.returns);
    },
  };
}

/** The same as `lstmSteps`, from tfjs's own operations. */
export function composedSteps(
  xs: tf.Tensor,
  { weights, recurrentWeights, biases }: LstmParameters,
  returns?: RecurrentOptions['returns'],
): tf.Tensor {
  const units = recurrentWeights.shape[0] as number;
  return inChains(xs, returns, (part) => {
    const zeros = tf.zeros([part.shape[0] as number, units]) as tf.Tensor2D;
    let state: State = { hidden: zeros, cell: zeros };
    return projectSteps(part, weights, biases).map((input) => {
      state = next(input, tf.matMul(state.hidden, recurrentWeights as tf.Tensor2D), state.cell);
      return state.hidden;
    });
  });
}

/** The state after a step, `[batch, units]` both. */
interface State {
  readonly hidden: tf.Tensor2D;
  readonly cell: tf.Tensor2D;
}

/** The next state: what the input and the state before add to the gates, and the cell before. */
function next(x: tf.Tensor, h: tf.Tensor, before: tf.Tensor): State {
  const [i, f, g, o] = tf.split(tf.add(x, h), 4, 1) as Gates;
  const cell = tf.add<tf.Tensor2D>(tf.mul(tf.sigmoid(f), before), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return { hidden: tf.mul(tf.sigmoid(o), tf.tanh(cell)), cell };
}

type Gates = [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
