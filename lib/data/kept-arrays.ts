/**
 * What the project draws itself is drawn once per machine and kept in the
 * cache as IDX files whose names hold all that decides them. A cache that
 * cannot be written, or whose files are damaged, costs seconds, never the
 * pictures.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError } from '../core/errors';
import { encodeIdx, type IdxArray, parseIdx } from './idx';
import { cacheFolder } from './locate';
import { withLock } from './lock';
import { writeDataFile } from './write-file';

/** Arrays by what they hold, such as `labels` and `images`. */
export type Arrays<Content extends string> = { readonly [content in Content]: Uint8Array };

/** Which files they are, and what must be in them. */
export interface Kept<Content extends string> {
  /** The folder in the cache: `made-digits`. */
  readonly name: string;
  /** How the files' names begin; says version, seed and count. */
  readonly stem: string;
  /** The shape of each array. The last one is written last: where it stands, all do. */
  readonly shapes: { readonly [content in Content]: readonly number[] };
}

/**
 * The arrays from the cache, or made now and put there.
 *
 * @param make given a signal, draws them.
 * @throws what `make` throws; the signal's reason.
 */
export async function keptArrays<Content extends string>(
  kept: Kept<Content>,
  make: () => Promise<Arrays<Content>>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Arrays<Content>> {
  const found = await read(kept);
  if (found !== undefined) return found;
  try {
    return await withLock(cacheFolder(kept.name), () => makeAndKeep(kept, make), options);
  } catch (error) {
    if (error instanceof InkwellError) return make();
    throw error;
  }
}

async function makeAndKeep<Content extends string>(
  kept: Kept<Content>,
  make: () => Promise<Arrays<Content>>,
): Promise<Arrays<Content>> {
  // Another process may have made them while this one waited.
  const theirs = await read(kept);
  if (theirs !== undefined) return theirs;
  const made = await make();
  for (const content of contentsOf(kept)) {
    const shape = kept.shapes[content];
    await writeDataFile(fileOf(kept, content), encodeIdx({ type: 'uint8', shape, values: made[content] }));
  }
  return made;
}

const contentsOf = <Content extends string>({ shapes }: Kept<Content>): Content[] =>
  Object.keys(shapes) as Content[];

function fileOf<Content extends string>({ name, stem, shapes }: Kept<Content>, content: Content): string {
  return path.join(cacheFolder(name), `${stem}-${content}-idx${shapes[content].length}-ubyte`);
}

/** The arrays as they stand in the cache; undefined where they do not, or are damaged. */
async function read<Content extends string>(kept: Kept<Content>): Promise<Arrays<Content> | undefined> {
  const contents = contentsOf(kept);
  if (!contents.every((content) => existsSync(fileOf(kept, content)))) return undefined;
  try {
    const entries = contents.map(async (content): Promise<[string, Uint8Array]> => {
      const array = parseIdx(new Uint8Array(await readFile(fileOf(kept, content))));
      return [content, checked(array, kept.shapes[content])];
    });
    return Object.fromEntries(await Promise.all(entries)) as Arrays<Content>;
  } catch {
    return undefined;
  }
}

function checked({ values, shape }: IdxArray, expected: readonly number[]): Uint8Array {
  if (values instanceof Uint8Array && shape.join() === expected.join()) return values;
  throw new RangeError(`keptArrays: expected shape ${expected}, got ${shape}`);
}
