/**
 * Cats and dogs: drawn by the project itself unless the public pictures are
 * asked for. Which they are stands in `name`, and so on every figure.
 */
import { checkOptions } from '../core/argument';
import { aFunction, aNumber, aSignal, oneOf } from '../core/argument-kinds';
import { recordDataSet } from '../core/facts';
import type { ProgressListener } from '../core/progress';
import { createRandom } from '../core/random';
import type { DataLoaders, DataOrigin } from './loaders/data-loaders';
import type { SplitDatasetOptions } from './loaders/dataset';
import { PET_SIDE } from './made-pets/draw';
import { MADE_PETS, makePets } from './made-pets/make';
import type { ColourImage } from './pictures/colour-image';
import { type LabelledPictures, pictureLoaders } from './pictures/labelled-pictures';
import { readPublicPets } from './public-pets';
import { splitKinds } from './split-indices';

export interface LoadPetsOptions extends SplitDatasetOptions {
  /**
   * `made` (the default): drawn by this project. `public`: Oxford-IIIT Pet, from a copy on this
   * machine; nothing is fetched but by `npx inkwell data fetch oxford-iiit-pet`.
   */
  readonly source?: 'made' | 'public';
  /** How many pictures; default 1,000. Of the public ones, chosen at random by the seed. */
  readonly count?: number;
  /** Pixels a side of the public pictures; default 64. Made ones always have 64. */
  readonly side?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

const MADE_CITATION = 'Cats and dogs drawn by this project (lib/data/made-pets).';

/**
 * Loads pictures of cats and dogs, to tell one from the other.
 *
 * @param options.seed decides the split and which pictures they are; default 1.
 * @returns pictures of 64 × 64 × 3 and `cat` or `dog`; as tensors, 0 … 1 and class numbers.
 * @throws RangeError where count, side or fraction are out of range; InkwellError `DATA_MISSING`
 *   where the public pictures are not on this machine.
 */
export async function loadPets(options: LoadPetsOptions = {}): Promise<DataLoaders<ColourImage, string>> {
  checkOptions('loadPets', options, {
    source: oneOf('made', 'public'),
    count: aNumber,
    side: aNumber,
    onProgress: aFunction,
    signal: aSignal,
    ...splitKinds,
  });
  const { source = 'made', side = PET_SIDE } = options;
  if (source === 'made' && side !== PET_SIDE) {
    throw new RangeError(`loadPets: side must be ${PET_SIDE} for made pictures, got ${side}`);
  }
  const { set, origin } = source === 'made' ? await made(options) : await publicPets(options);
  recordDataSet(origin.name);
  return pictureLoaders(set, { ...options, ...origin });
}

interface Loaded {
  readonly set: LabelledPictures;
  readonly origin: DataOrigin;
}

const CLASSES = ['cat', 'dog'];

async function made(options: LoadPetsOptions): Promise<Loaded> {
  const { count = 1000, seed = 1 } = options;
  const pets = await makePets(count, options);
  return {
    set: {
      pictures: pets.map(({ picture }) => picture),
      labels: pets.map(({ animal }) => animal),
      classes: CLASSES,
    },
    origin: {
      name: MADE_PETS.title,
      source: `drawn by this project, seed ${seed}`,
      citation: MADE_CITATION,
    },
  };
}

async function publicPets(options: LoadPetsOptions): Promise<Loaded> {
  const { count = 1000, seed = 1, side = PET_SIDE } = options;
  const random = createRandom(seed).fork('public pets');
  const { pictures, labels, origin } = await readPublicPets(count, side, random, options);
  return { set: { pictures, labels, classes: CLASSES }, origin };
}
