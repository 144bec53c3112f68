/** A set of made street scenes with their masks. */
import { type MadeSet, type MakeOptions, makePictures, pictureAt } from '../made-pictures';
import type { ColourImage, Mask } from '../pictures/colour-image';
import { drawStreet } from './draw';
import { STREET_HEIGHT, STREET_WIDTH } from './view';

const PICTURE = [STREET_HEIGHT, STREET_WIDTH, 3] as const;
const MASK = [STREET_HEIGHT, STREET_WIDTH] as const;

/** The set, for the cache and its status. */
export const MADE_STREETS: MadeSet<'masks' | 'images'> = {
  name: 'made-streets',
  title: 'made street scenes',
  version: 1,
  shapes: { masks: MASK, images: PICTURE },
  draw: (_, random) => {
    const { pixels, mask } = drawStreet(random);
    return { masks: mask, images: pixels };
  },
};

/** A picture and what each of its pixels shows. */
export interface MadeStreet {
  readonly picture: ColourImage;
  readonly mask: Mask;
}

/**
 * Draws street scenes, or takes them from the cache.
 *
 * @param count a whole number of at least 1; RangeError otherwise.
 * @returns pictures of 64 × 96 pixels; classes: `STREET_CLASSES`.
 */
export async function makeStreets(count: number, options: MakeOptions = {}): Promise<MadeStreet[]> {
  const { images, masks } = await makePictures(MADE_STREETS, count, options);
  const size = { height: STREET_HEIGHT, width: STREET_WIDTH };
  return Array.from({ length: count }, (_, index) => ({
    picture: { pixels: pictureAt(images, index, PICTURE), ...size, channels: 3 },
    mask: { pixels: pictureAt(masks, index, MASK), ...size },
  }));
}
