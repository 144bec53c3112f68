/**
 * How variables get their new values: in place where the run subtracts from or
 * adds to the old one and nothing else needs the sum, or where it is a step of an
 * optimizer that TensorFlow has as one operation; else by assignment. In place
 * TensorFlow writes the weights once instead of making them anew, which is a good
 * part of a step on large dense layers.
 */
import { dataTypes } from './native-backend';
import { findOptimizerStep } from './optimizer-updates';
import { countUses, factsOf, makerOf, type Recording, type Source, sameShape, sameSource } from './recording';
import type { Update } from './update';

/** The updates that a recording ends with; those of one variable are in order. */
export function findUpdates(recording: Recording): Update[] {
  const steps = recording.variables.map((_, variable) => findOptimizerStep(recording, variable) ?? []);
  const done = new Set(steps.flat().flatMap(({ variables }) => variables));
  const others = recording.variables.flatMap(({ assigned }, variable): Update[] => {
    if (assigned === undefined || done.has(variable)) return [];
    const assignment: Update = { op: 'AssignVariableOp', variables: [variable], inputs: [assigned] };
    return [inPlace(recording, variable, assigned) ?? assignment];
  });
  return [...steps.flat(), ...others];
}

/** The update of a variable whose new value is its old one plus or minus something. */
function inPlace(recording: Recording, variable: number, assigned: Source): Update | undefined {
  const sum = makerOf(recording, assigned);
  const [one, other] = sum?.inputs ?? [];
  if (one === undefined || other === undefined || countUses(recording, assigned) > 1) return undefined;
  const old: Source = { kind: 'variable', index: variable };
  const variables = [variable];
  const { shape } = factsOf(recording, old);
  const fits = (delta: Source): boolean => sameShape(factsOf(recording, delta).shape, shape);
  if (sum?.name === 'Sub' && sameSource(one, old)) {
    const scaled = scaledGradient(recording, old, other);
    if (scaled !== undefined) return { op: 'ResourceApplyGradientDescent', variables, inputs: scaled };
    return fits(other) ? { op: 'AssignSubVariableOp', variables, inputs: [other] } : undefined;
  }
  if (sum?.name !== 'Add') return undefined;
  const delta = sameSource(one, old) ? other : sameSource(other, old) ? one : undefined;
  return delta !== undefined && fits(delta)
    ? { op: 'AssignAddVariableOp', variables, inputs: [delta] }
    : undefined;
}

/**
 * The rate and the gradient of a step that is their product, the rate a scalar, the
 * gradient as large as the old value, all of them floats: TensorFlow descends no others.
 */
export function scaledGradient(
  recording: Recording,
  old: Source,
  step: Source,
): [Source, Source] | undefined {
  const product = makerOf(recording, step);
  if (product?.name !== 'Mul') return undefined;
  const [a, b] = product.inputs as [Source, Source];
  const { shape, dtype } = factsOf(recording, old);
  if (dtype !== dataTypes.float32) return undefined;
  const has = (source: Source, wanted: readonly number[]): boolean =>
    sameShape(factsOf(recording, source).shape, wanted);
  if (has(b, []) && has(a, shape)) return [b, a];
  return has(a, []) && has(b, shape) ? [a, b] : undefined;
}
