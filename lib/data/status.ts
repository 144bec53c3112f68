/**
 * What there is, for `inkwell doctor` and `inkwell data`: for each data set,
 * whether it can be used now, from where, and if not, why not. Plain data
 * that goes into JSON as it is.
 */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { archiveSetStatus } from './archives/find-archives';
import type { DataSet } from './data-set';
import type { DataSetStatus } from './data-set-status';
import { cacheFolder, placesFor } from './locate';
import { MADE_DIGITS } from './made-digits/cache';
import { MADE_PETS } from './made-pets/make';
import { MADE_STREETS } from './made-streets/make';
import { type Manifest, readManifest } from './manifest';
import { dataSettings } from './settings';
import { verifyDataSet } from './verify';

/**
 * The state of every data set, those that the project makes last. Files are read and their sums checked; the
 * network is not asked.
 *
 * @throws InkwellError `DATA_MANIFEST`, `DATA_SETTING`.
 */
export async function dataStatus(manifest: Manifest = readManifest()): Promise<readonly DataSetStatus[]> {
  const fetched = await Promise.all(manifest.dataSets.map(dataSetStatus));
  const unpacked = await Promise.all((manifest.archiveSets ?? []).map(archiveSetStatus));
  const made = [{ name: MADE_DIGITS, title: 'made digits' }, MADE_PETS, MADE_STREETS];
  return [...fetched, ...unpacked, ...(await Promise.all(made.map(madeStatus)))];
}

/**
 * The state of one data set.
 *
 * @throws InkwellError `DATA_SETTING`.
 */
export async function dataSetStatus(dataSet: DataSet): Promise<DataSetStatus> {
  const places = await Promise.all(
    placesFor(dataSet).map(async (place) => ({ ...place, ...(await verifyDataSet(dataSet, place.folder)) })),
  );
  const { name, title, byName = false } = dataSet;
  const named = { name, title, byName };
  // The cache is mended where it is damaged; any other place stops the search.
  const used = places.find(
    ({ kind, state }) => state === 'ready' || (kind !== 'cache' && state !== 'absent'),
  );
  if (used === undefined)
    return { ...named, state: 'absent', folder: null, bytes: 0, ...absence(dataSet), places };
  const { folder, bytes, why, state } = used;
  if (state === 'ready') return { ...named, state, folder, bytes, why: null, hint: null, places };
  const hint = 'Put the right files there, or take the wrong ones away.';
  return { ...named, state: 'damaged', folder, bytes, why, hint, places };
}

function absence({ name }: DataSet): { why: string; hint: string } {
  const { madeOnly, offline } = dataSettings();
  if (madeOnly) return { why: 'INKWELL_DATASETS=made leaves it out', hint: 'Unset INKWELL_DATASETS.' };
  const hint = `Run npx inkwell data fetch ${name}, or name a folder that holds it in INKWELL_DATA.`;
  if (!offline) return { why: 'it has not been fetched yet', hint };
  return {
    why: 'it stands in none of its places, and INKWELL_OFFLINE forbids fetching it',
    hint: 'Unset INKWELL_OFFLINE, or name a folder that holds it in INKWELL_DATA.',
  };
}

/** What the project makes can always be used: what is not kept is drawn. */
async function madeStatus({ name, title }: { name: string; title: string }): Promise<DataSetStatus> {
  const folder = cacheFolder(name);
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map(async (file) => (await stat(path.join(folder, file))).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { name, title, byName: false, state: 'ready', folder, bytes, why: null, hint: null, places: [] };
}
