/** What bodies have in common: edges and tails. */
import type { Fill } from '../drawing/canvas';
import { darker } from '../drawing/colour';
import { type Shape, stroke } from '../drawing/shapes';
import type { Coat } from './coat';

export type Animal = 'cat' | 'dog';

/** A shape with a darker edge, so that paws show before a chest of the same fur. */
export function edged(fill: Fill, outer: Shape, inner: Shape, coat: Coat, paint: Parameters<Fill>[1]): void {
  fill(outer, coat.shade);
  fill(inner, paint);
}

/** A tail along a line: a cat's is long and thin, a dog's shorter and thick. */
export function tail(
  fill: Fill,
  coat: Coat,
  animal: Animal,
  line: readonly (readonly [number, number])[],
): void {
  const [thick, thin] = animal === 'cat' ? [0.32, 0.2] : [0.42, 0.3];
  const part = animal === 'cat' ? line : line.slice(0, Math.ceil(line.length * 0.7));
  fill(stroke(part, thick + 0.12, thin + 0.12), coat.shade);
  fill(stroke(part, thick, thin), darker(coat.base, 0.08));
}
