/** A set of made cats and dogs, in turn, half of each. */
import { type MadeSet, type MakeOptions, makePictures, pictureAt } from '../made-pictures';
import type { ColourImage } from '../pictures/colour-image';
import type { Animal } from './body-parts';
import { drawPet, PET_SIDE } from './draw';

const ANIMALS: readonly Animal[] = ['cat', 'dog'];
const animalAt = (index: number): Animal => ANIMALS[index % ANIMALS.length] as Animal;

const SHAPE = [PET_SIDE, PET_SIDE, 3] as const;

/** The set, for the cache and its status. */
export const MADE_PETS: MadeSet<'images'> = {
  name: 'made-pets',
  title: 'made cats and dogs',
  version: 1,
  shapes: { images: SHAPE },
  draw: (index, random) => ({ images: drawPet(animalAt(index), random) }),
};

/** A picture and what it shows. */
export interface MadePet {
  readonly picture: ColourImage;
  readonly animal: Animal;
}

/**
 * Draws cats and dogs, or takes them from the cache.
 *
 * @param count a whole number of at least 1; RangeError otherwise.
 * @returns pictures of 64 × 64 pixels.
 */
export async function makePets(count: number, options: MakeOptions = {}): Promise<MadePet[]> {
  const { images } = await makePictures(MADE_PETS, count, options);
  return Array.from({ length: count }, (_, index) => ({
    picture: { pixels: pictureAt(images, index, SHAPE), height: PET_SIDE, width: PET_SIDE, channels: 3 },
    animal: animalAt(index),
  }));
}
