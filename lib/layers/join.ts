/** How parallel branches become one: side by side on the last axis, added, or as a dot product. */
import * as tf from '../engine/tf';
import { type Shape, shapeText, sizeOf } from './shape';
import type { ParallelSpec } from './spec';

/** What a layer does, for the outputs of several branches. */
export interface Join {
  /** Checks that the branches fit together and returns the shape of the whole. Throws RangeError. */
  outputShape(shapes: readonly Shape[]): Shape;
  /** For shapes that `outputShape` has accepted. */
  multiplyAdds(shapes: readonly Shape[]): number;
  forward(outputs: readonly tf.Tensor[]): tf.Tensor;
}

/** The join that a spec asks for. @param where its place, for errors. Throws RangeError for one that there is not. */
export function joinOf({ join = 'concatenate' }: ParallelSpec, where: string): Join {
  switch (join) {
    case 'concatenate':
      return {
        outputShape: (shapes) => concatenated(shapes, where),
        multiplyAdds: () => 0,
        forward: (outputs) => tf.concat([...outputs], -1),
      };
    case 'add':
      return {
        outputShape: (shapes) => sameShape(shapes, `${where}, added`),
        multiplyAdds: () => 0,
        forward: (outputs) => tf.addN([...outputs]),
      };
    case 'dot':
      return {
        outputShape: (shapes) => [...vectors(shapes, `${where}, multiplied`).slice(0, -1), 1],
        multiplyAdds: (shapes) => sizeOf(shapes[0] as Shape) * (shapes.length - 1),
        forward: (outputs) => tf.sum(outputs.reduce(multiplied), -1, true),
      };
    default:
      throw new RangeError(`${where}: join must be concatenate, add or dot, got ${String(join)}`);
  }
}

const multiplied = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.mul(a, b);

function concatenated(shapes: readonly Shape[], where: string): Shape {
  const first = firstOf(shapes, where);
  const sides = shapes.map((shape) => shapeText(shape.slice(0, -1)));
  if (new Set(sides).size > 1 || shapes.some((shape) => shape.length === 0)) {
    throw new RangeError(`${where}: branches may differ in the last axis only, got ${listed(shapes)}`);
  }
  const channels = shapes.reduce((sum, shape) => sum + (shape.at(-1) as number), 0);
  return [...first.slice(0, -1), channels];
}

function sameShape(shapes: readonly Shape[], where: string): Shape {
  const first = firstOf(shapes, where);
  if (shapes.every((shape) => shapeText(shape) === shapeText(first))) return first;
  throw new RangeError(`${where}: branches must end in one shape, got ${listed(shapes)}`);
}

function vectors(shapes: readonly Shape[], where: string): Shape {
  const shape = sameShape(shapes, where);
  if (shape.length > 0) return shape;
  throw new RangeError(`${where}: branches must end in at least one axis, got ${listed(shapes)}`);
}

function firstOf(shapes: readonly Shape[], where: string): Shape {
  const [first] = shapes;
  if (first === undefined) throw new RangeError(`${where}: needs at least one branch, got none`);
  return first;
}

const listed = (shapes: readonly Shape[]): string => shapes.map(shapeText).join(', ');
