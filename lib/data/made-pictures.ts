/**
 * Sets of pictures that the project draws: in turn, each from a stream of
 * random numbers of its own, so that a smaller set is the beginning of a larger
 * one and the same seed gives the same bytes on every machine. Drawn once, they
 * are kept in the cache.
 */
import { setImmediate } from 'node:timers/promises';
import type { ProgressListener } from '../core/progress';
import { createRandom, type Random } from '../core/random';
import { type Arrays, keptArrays } from './kept-arrays';

/** What is drawn. */
export interface MadeSet<Content extends string> {
  /** The folder in the cache: `made-pets`. */
  readonly name: string;
  /** In prose: `made cats and dogs`. */
  readonly title: string;
  /** Raised whenever the same seed would give other pictures than before. */
  readonly version: number;
  /** The shape of one picture's part of each array. */
  readonly shapes: { readonly [content in Content]: readonly number[] };
  /** Draws picture number `index`. */
  readonly draw: (index: number, random: Random) => Arrays<Content>;
}

export interface MakeOptions {
  /** Default 1. A whole number; RangeError otherwise. */
  readonly seed?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/** How many are drawn before the event loop turns. */
const BLOCK = 10;
/** A handful is drawn faster than it is read. */
const FEW = 50;

/**
 * Draws pictures, or takes them from the cache.
 *
 * @param count a whole number of at least 1; RangeError otherwise.
 * @returns for each content, the bytes of all pictures, one after the other.
 */
export async function makePictures<Content extends string>(
  set: MadeSet<Content>,
  count: number,
  options: MakeOptions = {},
): Promise<Arrays<Content>> {
  const { seed = 1, signal } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`${set.title}: count must be a whole number of at least 1, got ${count}`);
  }
  const make = (): Promise<Arrays<Content>> => drawAll(set, count, options);
  if (count <= FEW) return make();
  const shapes = Object.fromEntries(
    contentsOf(set).map((content) => [content, [count, ...set.shapes[content]]]),
  );
  const stem = `v${set.version}-seed-${seed}-${count}`;
  const kept = { name: set.name, stem, shapes: shapes as { [content in Content]: number[] } };
  return keptArrays(kept, make, signal ? { signal } : {});
}

const contentsOf = <Content extends string>({ shapes }: MadeSet<Content>): Content[] =>
  Object.keys(shapes) as Content[];

async function drawAll<Content extends string>(
  set: MadeSet<Content>,
  count: number,
  { seed = 1, onProgress, signal }: MakeOptions,
): Promise<Arrays<Content>> {
  const stream = createRandom(seed);
  const sizeOf = (content: Content): number =>
    set.shapes[content].reduce((product, size) => product * size, 1);
  const arrays = Object.fromEntries(
    contentsOf(set).map((content) => [content, new Uint8Array(count * sizeOf(content))]),
  ) as Arrays<Content>;
  for (let index = 0; index < count; index++) {
    const drawn = set.draw(index, stream.fork(`${set.title} ${index}`));
    for (const content of contentsOf(set)) arrays[content].set(drawn[content], index * sizeOf(content));
    if (index % BLOCK !== BLOCK - 1 && index !== count - 1) continue;
    signal?.throwIfAborted();
    onProgress?.({ label: set.title, done: index + 1, total: count, unit: 'steps' });
    await setImmediate();
  }
  return arrays;
}

/** Picture number `index` out of an array of such. */
export function pictureAt(bytes: Uint8Array, index: number, shape: readonly number[]): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  return bytes.subarray(index * size, (index + 1) * size);
}
