/**
 * What goes on inside: the size of the gradients and the spread of the
 * activations, layer by layer, on a probe batch. Gradients that shrink from
 * layer to layer vanish, units that never answer are dead.
 */
import { checkArguments } from '../core/argument';
import { InkwellError } from '../core/errors';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import * as tf from '../engine/tf';
import { forward } from '../layers/net';
import { randomKey } from '../layers/random';
import { aLearner } from './argument-kinds';
import { exampleCount } from './examples';
import type { Hooks } from './hooks';
import { scoped } from './scoped';
import { takeGradients } from './step';
import type { WatchedLearner } from './watched-learner';

/** Of one layer's output. */
export interface ActivationStatistics {
  readonly layer: string;
  readonly mean: number;
  readonly deviation: number;
  /** The share of outputs that are exactly zero. */
  readonly zeroShare: number;
}

/** Of one parameter. */
export interface GradientStatistics {
  readonly parameter: string;
  /** Root of the mean square of the gradient, and of the parameter itself. */
  readonly gradientSize: number;
  readonly parameterSize: number;
}

/** One look inside. */
export interface InsideStatistics {
  readonly activations: readonly ActivationStatistics[];
  readonly gradients: readonly GradientStatistics[];
}

/** Looks inside a learner's net at a batch; nothing changes. */
export function inspectInside(learner: WatchedLearner, probe: Examples): InsideStatistics {
  checkArguments('inspectInside', { learner, probe }, { learner: aLearner, probe: someExamples });
  return { activations: activations(learner, probe), gradients: gradients(learner, probe) };
}

function activations({ net, weights }: WatchedLearner, { xs }: Examples): ActivationStatistics[] {
  const list: ActivationStatistics[] = [];
  const onOutput = (layer: string, output: tf.Tensor): void => {
    const { mean, variance } = tf.moments(output);
    const zeros = tf.mean(tf.cast(tf.equal(output, 0), 'float32'));
    list.push({
      layer,
      mean: numberIn(mean),
      deviation: Math.sqrt(numberIn(variance)),
      zeroShare: numberIn(zeros),
    });
  };
  forward(net, weights, xs, { onOutput }).dispose();
  return list;
}

function gradients(learner: WatchedLearner, probe: Examples): GradientStatistics[] {
  const { net, loss, optimizer, state } = learner;
  return scoped(() => {
    const indices = tf.range(0, exampleCount(probe), 1, 'int32');
    const inputs = { ...probe, indices, key: randomKey(learner.seed, 0) };
    const { gradients, buffers } = takeGradients({ net, loss, optimizer }, state, inputs);
    tf.dispose(Object.values(buffers));
    return Object.entries(gradients).map(([parameter, gradient]) => ({
      parameter,
      gradientSize: size(gradient),
      parameterSize: size(state.parameters[parameter] as tf.Tensor),
    }));
  });
}

const size = (tensor: tf.Tensor): number => Math.sqrt(numberIn(tf.mean(tf.square(tensor))));

const numberIn = (tensor: tf.Tensor): number => tensor.dataSync()[0] as number;

/** A hook that looks inside after each epoch. @returns also the looks so far, one an epoch. */
export function watchInside(probe: Examples): Hooks & { readonly looks: readonly InsideStatistics[] } {
  checkArguments('watchInside', { probe }, { probe: someExamples });
  const looks: InsideStatistics[] = [];
  return {
    name: 'watchInside',
    looks,
    epochEnd: ({ learner }) => {
      looks.push(inspectInside(learner, probe));
    },
  };
}

/** Ends the fit with an error as soon as a loss is no number. */
export function refuseNan(): Hooks {
  return {
    name: 'refuseNan',
    batchEnd({ loss, moment, learningRate }) {
      if (Number.isFinite(loss)) return;
      throw new InkwellError('TRAINING_DIVERGED', `The loss is ${loss} after step ${moment.step + 1}.`, {
        hint: `Try a learning rate below ${learningRate}, or look for a logarithm of 0 in the loss.`,
      });
    },
  };
}
