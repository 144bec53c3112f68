/**
 * Street scenes and what each pixel of them shows: drawn by the project itself
 * unless the public pictures are asked for. Which they are stands in `name`,
 * and so on every figure.
 */
import { checkOptions } from '../core/argument';
import { aFunction, aNumber, aSignal, oneOf } from '../core/argument-kinds';
import { recordDataSet } from '../core/facts';
import type { ProgressListener } from '../core/progress';
import { findCamVid } from './camvid';
import type { DataLoaders } from './loaders/data-loaders';
import type { SplitDatasetOptions } from './loaders/dataset';
import { MADE_STREETS, makeStreets } from './made-streets/make';
import { STREET_CLASSES, STREET_HEIGHT, STREET_WIDTH } from './made-streets/view';
import type { ColourImage, Mask } from './pictures/colour-image';
import { segmentationLoaders } from './pictures/segmentation-loaders';
import { maskLoaders } from './pictures/segmented-pictures';
import { splitKinds } from './split-indices';

export interface LoadStreetScenesOptions extends SplitDatasetOptions {
  /**
   * `made` (the default): drawn by this project. `public`: CamVid, from a copy on this machine;
   * nothing is fetched but by `npx inkwell data fetch camvid`.
   */
  readonly source?: 'made' | 'public';
  /** How many made pictures; default 500. CamVid has 701, all of which are read. */
  readonly count?: number;
  /** Pixels of the public pictures; default 64. Made ones always have 64. */
  readonly height?: number;
  /** Default 96. Made ones always have 96. */
  readonly width?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

const MADE_CITATION = 'Street scenes drawn by this project (lib/data/made-streets).';

/**
 * Loads street scenes, to tell for each pixel what it shows: sky, building, road, pavement, tree,
 * car, person or sign; in CamVid also cyclist, fence, pole and what nobody labelled.
 *
 * @param options.seed decides the split and, of made pictures, what they show; default 1.
 * @returns pictures of 64 × 96 × 3 and their masks; as tensors, 0 … 1 and class numbers `[count, 64, 96]`.
 * @throws RangeError where count, size or fraction are out of range; InkwellError `DATA_MISSING`
 *   where CamVid is not on this machine.
 */
export async function loadStreetScenes(
  options: LoadStreetScenesOptions = {},
): Promise<DataLoaders<ColourImage, Mask>> {
  checkOptions('loadStreetScenes', options, {
    source: oneOf('made', 'public'),
    count: aNumber,
    height: aNumber,
    width: aNumber,
    onProgress: aFunction,
    signal: aSignal,
    ...splitKinds,
  });
  const { source = 'made', height = STREET_HEIGHT, width = STREET_WIDTH } = options;
  if (source === 'public') {
    const { origin, ...camVid } = await findCamVid();
    return segmentationLoaders({ ...options, ...camVid, ...origin, height, width });
  }
  if (height !== STREET_HEIGHT || width !== STREET_WIDTH) {
    const size = `${STREET_HEIGHT} × ${STREET_WIDTH}`;
    throw new RangeError(
      `loadStreetScenes: made pictures have ${size} pixels, got height ${height}, width ${width}`,
    );
  }
  return made(options);
}

async function made(options: LoadStreetScenesOptions): Promise<DataLoaders<ColourImage, Mask>> {
  const { count = 500, seed = 1 } = options;
  const streets = await makeStreets(count, options);
  const name = MADE_STREETS.title;
  recordDataSet(name);
  const set = {
    pictures: streets.map(({ picture }) => picture),
    masks: streets.map(({ mask }) => mask),
    classes: STREET_CLASSES,
  };
  const source = `drawn by this project, seed ${seed}`;
  return maskLoaders(set, { ...options, name, source, citation: MADE_CITATION });
}
