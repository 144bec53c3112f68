/**
 * Cats and dogs: drawn by the project itself unless the public pictures are
 * asked for. Which they are stands in `name`, and so on every figure.
 */
import { recordDataSet } from '../core/facts';
import type { ProgressListener } from '../core/progress';
import type { DataLoaders } from './loaders/data-loaders';
import type { SplitDatasetOptions } from './loaders/dataset';
import { MADE_PETS, makePets } from './made-pets/make';
import type { ColourImage } from './pictures/colour-image';
import { pictureLoaders } from './pictures/labelled-pictures';

export interface LoadPetsOptions extends SplitDatasetOptions {
  /** `made` (the default): drawn by this project. */
  readonly source?: 'made';
  /** How many pictures; default 1,000. */
  readonly count?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

const MADE_CITATION = 'Cats and dogs drawn by this project (lib/data/made-pets).';

/**
 * Loads pictures of cats and dogs, to tell one from the other.
 *
 * @param options.seed decides the split and, of made pictures, what they show; default 1.
 * @returns pictures of 64 × 64 × 3 and `cat` or `dog`; as tensors, 0 … 1 and class numbers.
 * @throws RangeError where count or fraction are out of range.
 */
export async function loadPets(options: LoadPetsOptions = {}): Promise<DataLoaders<ColourImage, string>> {
  const { count = 1000, seed = 1 } = options;
  const made = await makePets(count, options);
  const name = MADE_PETS.title;
  recordDataSet(name);
  const set = {
    pictures: made.map(({ picture }) => picture),
    labels: made.map(({ animal }) => animal),
    classes: ['cat', 'dog'],
  };
  const source = `drawn by this project, seed ${seed}`;
  return pictureLoaders(set, { ...options, name, source, citation: MADE_CITATION });
}
