/** The names of the engines' entries in the cache: readable, and different as soon as what is in them is. */
import { createHash } from 'node:crypto';
import { compileRecipe } from './compile';
import type { Recipe } from './recipe';
import { napiVersion, sourcesHash } from './sources';

/** What the names of a recipe's entries begin with, whatever version of this package made them. */
export function keyPrefix({ tensorflow, flavour, platform, arch }: Recipe): string {
  return `tensorflow-${tensorflow}-${flavour}-${platform}-${arch}`;
}

const shortHash = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);

/** The name of the libraries' entry in the cache: different as soon as other files are to be in it. */
export function librariesKey(recipe: Recipe): string {
  const { tags, wheels, libraries } = recipe;
  return `${keyPrefix(recipe)}-libraries-${shortHash(JSON.stringify({ tags, wheels, libraries }))}`;
}

/** The name of the addon's entry: different as soon as anything that goes into it is. */
export function addonKey(recipe: Recipe): string {
  const flags = JSON.stringify(compileRecipe(recipe));
  const hash = shortHash(librariesKey(recipe), sourcesHash(), flags);
  return `${keyPrefix(recipe)}-napi${napiVersion}-${hash}`;
}
