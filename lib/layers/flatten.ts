/** The same numbers in another shape: all on one axis, or on the axes that are asked for. */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { checkWhole, shapeText, sizeOf } from './shape';
import type { ReshapeSpec } from './spec';

/** A layer that makes all axes one. */
export function flattenLayer(): Layer {
  return {
    ...withoutParameters,
    outputShape: (input) => [sizeOf(input)],
    forward: (xs) => tf.reshape(xs, [xs.shape[0] as number, -1]),
  };
}

/** The layer of a spec. @param where its place, for errors. */
export function reshapeLayer(spec: ReshapeSpec, where: string): Layer {
  return {
    ...withoutParameters,
    outputShape(input) {
      for (const size of spec.shape) checkWhole(where, 'shape', size);
      if (sizeOf(spec.shape) === sizeOf(input)) return spec.shape;
      const both = `${shapeText(input)} (${sizeOf(input)}) into ${shapeText(spec.shape)}`;
      throw new RangeError(`${where}: cannot turn ${both} (${sizeOf(spec.shape)})`);
    },
    forward: (xs) => tf.reshape(xs, [xs.shape[0] as number, ...spec.shape]),
  };
}
