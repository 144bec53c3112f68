/** Kinds of argument that this folder's functions and those above have in common; see `core/argument.ts`. */
import { anObject, aString, either, having, type Kind } from '../core/argument-kinds';
import { aTensor } from '../engine/argument-kinds';

export const aNet: Kind = having('a net, such as mlp({ hidden: [30] })', 'inputShape', 'layers');

/** Tensors by name. */
export const someTensors: Kind = {
  wanted: 'tensors by their names, such as learner.weights.parameters',
  holds: (value) => anObject.holds(value) && Object.values(value as object).every(aTensor.holds),
};

export const someWeights: Kind = having('weights, such as initialize(net)', 'parameters', 'buffers');

/** The name of an initializer, or a distribution with its numbers. */
export const anInitializer: Kind = either(
  { ...aString, wanted: "the name of an initializer, such as 'he-normal'" },
  having("one with numbers, such as { kind: 'normal', deviation: 0.1 }", 'kind'),
);
