/**
 * The places where a data set is looked for, in order, and what stands there.
 *
 * 1. the folder that `INKWELL_DATA` names,
 * 2. the per-user cache, which also takes what is fetched,
 * 3. the folder `shared/data` beside the checkout, where a machine keeps one copy for many clones.
 *
 * After these come the mirrors (`fetch.ts`) and, for digits, those that the
 * project makes itself (`made-digits/`). A place that holds none of the files
 * is passed over; one that holds some of them, or wrong ones, is an error,
 * so that nobody trains on other data than they think. Only in the cache,
 * which is the project's own, are wrong files thrown away and fetched again.
 */
import path from 'node:path';
import { cacheRoot, projectRoot } from '../core/paths';
import type { DataSet } from './data-set';
import { dataSettings } from './settings';

/** Which of the places it is. */
export type PlaceKind = 'INKWELL_DATA' | 'cache' | 'shared';

/** One place to look in. */
export interface Place {
  readonly kind: PlaceKind;
  /** Absolute; for a person at this machine, not for print. */
  readonly folder: string;
  /** The same in words, fit for print. */
  readonly label: string;
}

/** The folder of the cache that holds a data set. */
export function cacheFolder(name: string): string {
  return path.join(cacheRoot(), 'data', name);
}

/**
 * The places for a data set, the first to look in first. Empty under `INKWELL_DATASETS=made`.
 *
 * @throws InkwellError `DATA_SETTING`.
 */
export function placesFor(dataSet: Pick<DataSet, 'name'>): readonly Place[] {
  const { dataFolder, madeOnly } = dataSettings();
  if (madeOnly) return [];
  const places: Place[] = [
    { kind: 'cache', folder: cacheFolder(dataSet.name), label: 'the cache' },
    {
      kind: 'shared',
      folder: path.join(projectRoot(), '..', 'shared', 'data'),
      label: 'shared/data beside the project',
    },
  ];
  if (dataFolder !== undefined) {
    places.unshift({ kind: 'INKWELL_DATA', folder: dataFolder, label: 'the folder that INKWELL_DATA names' });
  }
  return places;
}
