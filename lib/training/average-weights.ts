/**
 * An exponential moving average of the weights (Polyak and Juditsky, 1992;
 * Tarvainen and Valpola, 2017): the last steps of training wander around a
 * good place, and the mean of where they were is often better than where the
 * last of them ended. The average is part of the optimizer's state: it runs in
 * the same graph as the step, and checkpoints hold it.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFunction, aNumber, aString } from '../core/argument-kinds';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import * as tf from '../engine/tf';
import type { Tensors } from '../layers/layer';
import type { Weights } from '../layers/net';
import { aLearner, anOptimizer } from './argument-kinds';
import type { Scores } from './history';
import type { Hooks } from './hooks';
import type { Optimizer } from './optimizers';
import { assignAll } from './state';
import type { WatchedLearner } from './watched-learner';

const PREFIX = 'average.';

/** `decayᵗ`: how much of the average is still the zeros that it began with. */
const POWER = 'averagePower';

export interface AverageOptions {
  /** The share of the old average that stays at each step, in 0 … 1; default 0.999, a thousand steps' memory. */
  readonly decay?: number;
}

/**
 * An optimizer that takes the steps of another and keeps an average of the
 * weights beside them: `a ← decay·a + (1 − decay)·p` after each step, with the
 * zeros of its beginning divided out as in Adam, so that it is an average from
 * the first step on. The training itself does not change.
 *
 * @example const learner = new Learner({ net, optimizer: averageWeights(adam()) });
 * @throws RangeError where the decay is not in 0 … 1 (1 excluded), or the optimizer averages already.
 */
export function averageWeights(optimizer: Optimizer, options: AverageOptions = {}): Optimizer {
  checkArguments('averageWeights', { optimizer }, { optimizer: anOptimizer });
  checkOptions('averageWeights', options, { decay: aNumber });
  const { decay = 0.999 } = options;
  if (!(decay >= 0 && decay < 1)) {
    throw new RangeError(`averageWeights: decay must be at least 0 and below 1, got ${decay}`);
  }
  if (/\baverage\(/.test(optimizer.name)) {
    throw new RangeError(`averageWeights: ${optimizer.name} keeps an average already`);
  }
  return {
    name: `average(decay ${decay}) of ${optimizer.name}`,
    init: (parameters) => ({
      ...optimizer.init(parameters),
      ...renamed(parameters, (name) => `${PREFIX}${name}`, tf.zerosLike),
      [POWER]: tf.scalar(1),
    }),
    update(parameters, gradients, state, learningRate) {
      const next = optimizer.update(parameters, gradients, state, learningRate);
      const average = Object.entries(next.parameters).map(([name, value]) => {
        const old = state[`${PREFIX}${name}`] as tf.Tensor;
        return [`${PREFIX}${name}`, tf.add(tf.mul(old, decay), tf.mul(value, 1 - decay))];
      });
      const power = tf.mul(state[POWER] as tf.Tensor, decay);
      return {
        parameters: next.parameters,
        state: { ...next.state, ...Object.fromEntries(average), [POWER]: power },
      };
    },
  };
}

function renamed(
  tensors: Tensors,
  name: (old: string) => string,
  make: (tensor: tf.Tensor) => tf.Tensor,
): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([old, tensor]) => [name(old), make(tensor)]));
}

/**
 * The averaged weights of a learner, with the buffers (the statistics of batch
 * normalisation) as they are now; copies, who asks for them disposes of them
 * (`disposeWeights`).
 *
 * @throws RangeError where its optimizer keeps no average, or no step has been taken.
 */
export function averagedWeights(learner: WatchedLearner): Weights {
  checkArguments('averagedWeights', { learner }, { learner: aLearner });
  const { parameters, buffers, optimizer } = learner.state;
  const power = optimizer[POWER]?.dataSync()[0];
  if (power === undefined) {
    throw new RangeError(
      `averagedWeights: ${learner.optimizer.name} keeps no average; make the learner with averageWeights(${learner.optimizer.name.replace(/\(.*/, '')}(…))`,
    );
  }
  if (power === 1 && learner.position.step === 0) {
    throw new RangeError('averagedWeights: no step has been taken, so there is nothing to average');
  }
  return tf.tidy(() => ({
    parameters: renamed(
      Object.fromEntries(
        Object.keys(parameters).map((name) => [name, optimizer[`${PREFIX}${name}`] as tf.Tensor]),
      ),
      (name) => name,
      (average) => tf.keep(tf.div(average, 1 - power)),
    ),
    buffers: renamed(
      buffers,
      (name) => name,
      (buffer) => tf.keep(tf.clone(buffer)),
    ),
  }));
}

/** Puts the averaged weights in the place of the learner's own. Errors as `averagedWeights`. */
export function useAverage(learner: WatchedLearner): void {
  checkArguments('useAverage', { learner }, { learner: aLearner });
  const { parameters, buffers } = averagedWeights(learner);
  assignAll(learner.state.parameters, parameters);
  tf.dispose([...Object.values(parameters), ...Object.values(buffers)]);
}

/**
 * Does work while the averaged weights stand in the place of the learner's own,
 * such as scoring or predicting; afterwards they are what they were.
 *
 * @throws as `averagedWeights`, and what the work throws.
 */
export async function withAverage<T>(learner: WatchedLearner, work: () => T | Promise<T>): Promise<T> {
  checkArguments('withAverage', { learner, work }, { learner: aLearner, work: aFunction });
  const own = renamed(
    learner.state.parameters,
    (name) => name,
    (tensor) => tf.clone(tensor),
  );
  try {
    useAverage(learner);
    return await work();
  } finally {
    assignAll(learner.state.parameters, own);
    tf.dispose(Object.values(own));
  }
}

/**
 * A hook that scores the averaged weights after each epoch, under the name
 * `set`, beside those of the weights themselves.
 *
 * @param options.set default `average`; `keepBest({ set: 'average' })` then chooses by it.
 */
export function scoreAverage(examples: Examples, options: { readonly set?: string } = {}): Hooks {
  checkArguments('scoreAverage', { examples }, { examples: someExamples });
  checkOptions('scoreAverage', options, { set: aString });
  const { set = 'average' } = options;
  return {
    name: 'scoreAverage',
    async epochEnd({ learner, addScores }) {
      addScores(set, (await withAverage(learner, () => learner.evaluate(examples))) as Scores);
    },
  };
}
