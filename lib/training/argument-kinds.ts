/** Kinds of argument that this folder's functions have in common; see `core/argument.ts`. */
import { aFunction, aNumber, anObject, either, having, type Kind, listOf } from '../core/argument-kinds';

export const aLearner: Kind = having('a learner, such as new Learner({ net })', 'net', 'state', 'evaluate');

/** An epoch's. */
export const aRecord: Kind = having('the record of an epoch, such as learner.history[0]', 'epoch', 'scores');

export const aHistory: Kind = listOf(aRecord, 'a history, such as learner.history');

/** A number, or a function of the moment. */
export const aRate: Kind = either(aNumber, { ...aFunction, wanted: 'a schedule, such as oneCycle(0.01)' });

export const aSavedNet: Kind = having('a net and its weights, such as await loadNet(file)', 'net', 'weights');

export const anOptimizer: Kind = having('an optimizer, such as adam()', 'init', 'update');

export const someMetrics: Kind = listOf(
  having('a metric', 'name', 'measure'),
  'a list of metrics, such as [accuracy]',
);

export const someHooks: Kind = listOf(anObject, 'a list of hooks, such as [printEpochs()]');
