/**
 * How a variable gets its new value: in place where the run subtracts from or
 * adds to the old one and nothing else needs the sum, else by assignment. In
 * place TensorFlow writes the weights once instead of making them anew, which is
 * a good part of a step on large dense layers.
 */
import { factsOf, makerOf, type Recording, type Source, sameShape, sameSource } from './recording';

/** The last operation on a variable's resource. */
export interface Update {
  /** The index of the variable. */
  readonly variable: number;
  readonly op:
    | 'AssignVariableOp'
    | 'AssignAddVariableOp'
    | 'AssignSubVariableOp'
    | 'ResourceApplyGradientDescent';
  /** The inputs after the handle. */
  readonly inputs: readonly Source[];
}

/** The updates that a recording ends with. */
export function findUpdates(recording: Recording): Update[] {
  return recording.variables.flatMap(({ assigned }, variable) => {
    if (assigned === undefined) return [];
    return inPlace(recording, variable, assigned) ?? { variable, op: 'AssignVariableOp', inputs: [assigned] };
  });
}

/** The update of a variable whose new value is its old one plus or minus something. */
function inPlace(recording: Recording, variable: number, assigned: Source): Update | undefined {
  const sum = makerOf(recording, assigned);
  const [one, other] = sum?.inputs ?? [];
  if (one === undefined || other === undefined || countUses(recording, assigned) > 1) return undefined;
  const old: Source = { kind: 'variable', index: variable };
  const { shape } = factsOf(recording, old);
  const fits = (delta: Source): boolean => sameShape(factsOf(recording, delta).shape, shape);
  if (sum?.name === 'Sub' && sameSource(one, old)) {
    const scaled = scaledGradient(recording, other, fits);
    if (scaled !== undefined) return { variable, op: 'ResourceApplyGradientDescent', inputs: scaled };
    return fits(other) ? { variable, op: 'AssignSubVariableOp', inputs: [other] } : undefined;
  }
  if (sum?.name !== 'Add') return undefined;
  const delta = sameSource(one, old) ? other : sameSource(other, old) ? one : undefined;
  return delta !== undefined && fits(delta)
    ? { variable, op: 'AssignAddVariableOp', inputs: [delta] }
    : undefined;
}

/** The rate and the gradient of a step that is their product, the rate a scalar. */
function scaledGradient(
  recording: Recording,
  step: Source,
  fits: (delta: Source) => boolean,
): [Source, Source] | undefined {
  const product = makerOf(recording, step);
  if (product?.name !== 'Mul') return undefined;
  const [a, b] = product.inputs as [Source, Source];
  const isScalar = (source: Source): boolean => factsOf(recording, source).shape.length === 0;
  if (isScalar(b) && fits(a)) return [b, a];
  return isScalar(a) && fits(b) ? [a, b] : undefined;
}

function countUses({ operations, variables, results }: Recording, source: Source): number {
  const places = [
    ...operations.flatMap(({ inputs }) => inputs),
    ...variables.flatMap(({ assigned }) => assigned ?? []),
    ...results.map((result) => result.source),
  ];
  return places.filter((place) => sameSource(place, source)).length;
}
