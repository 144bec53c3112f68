/**
 * Part of the last axis. A row that holds several things, such as a user's
 * number and a film's, goes whole to parallel branches; each selects its own.
 */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { type Shape, shapeText } from './shape';
import type { SelectSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function selectLayer({ at }: SelectSpec, where: string): Layer {
  const places = typeof at === 'number' ? [at] : at;
  return {
    ...withoutParameters,
    outputShape(input) {
      checkPlaces(places, input, where);
      const rest = input.slice(0, -1);
      return typeof at === 'number' ? rest : [...rest, at.length];
    },
    forward(xs) {
      const selected = tf.gather(xs, tf.tensor1d([...places], 'int32'), xs.rank - 1);
      return typeof at === 'number' ? tf.squeeze(selected, [xs.rank - 1]) : selected;
    },
  };
}

function checkPlaces(places: readonly number[], input: Shape, where: string): void {
  const size = input.at(-1);
  if (size === undefined) throw new RangeError(`${where}: expects input of at least one axis, got a scalar`);
  if (places.length === 0) throw new RangeError(`${where}: needs at least one place, got none`);
  const wrong = places.find((place) => !Number.isInteger(place) || place < 0 || place >= size);
  if (wrong === undefined) return;
  const range = `whole numbers in 0 … ${size - 1} for input ${shapeText(input)}`;
  throw new RangeError(`${where}: places must be ${range}, got ${wrong}`);
}
