/**
 * Street scenes and what each pixel of them shows: drawn by the project itself
 * unless the public pictures are asked for. Which they are stands in `name`,
 * and so on every figure.
 */
import { recordDataSet } from '../core/facts';
import type { ProgressListener } from '../core/progress';
import type { DataLoaders } from './loaders/data-loaders';
import type { SplitDatasetOptions } from './loaders/dataset';
import { MADE_STREETS, makeStreets } from './made-streets/make';
import { STREET_CLASSES } from './made-streets/view';
import type { ColourImage, Mask } from './pictures/colour-image';
import { maskLoaders } from './pictures/segmented-pictures';

export interface LoadStreetScenesOptions extends SplitDatasetOptions {
  /** `made` (the default): drawn by this project. */
  readonly source?: 'made';
  /** How many pictures; default 500. */
  readonly count?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

const MADE_CITATION = 'Street scenes drawn by this project (lib/data/made-streets).';

/**
 * Loads street scenes, to tell for each pixel what it shows: sky, building, road, pavement, tree,
 * car, person or sign.
 *
 * @param options.seed decides the split and, of made pictures, what they show; default 1.
 * @returns pictures of 64 × 96 × 3 and their masks; as tensors, 0 … 1 and class numbers `[count, 64, 96]`.
 * @throws RangeError where count or fraction are out of range.
 */
export async function loadStreetScenes(
  options: LoadStreetScenesOptions = {},
): Promise<DataLoaders<ColourImage, Mask>> {
  const { count = 500, seed = 1 } = options;
  const made = await makeStreets(count, options);
  const name = MADE_STREETS.title;
  recordDataSet(name);
  const set = {
    pictures: made.map(({ picture }) => picture),
    masks: made.map(({ mask }) => mask),
    classes: STREET_CLASSES,
  };
  const source = `drawn by this project, seed ${seed}`;
  return maskLoaders(set, { ...options, name, source, citation: MADE_CITATION });
}
