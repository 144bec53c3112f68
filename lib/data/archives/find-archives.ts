/** Where a data set of archives stands unpacked on this machine; nothing is fetched. */

import type { DataSetStatus } from '../data-set-status';
import { dataError } from '../errors';
import { placesFor } from '../locate';
import { dataSettings } from '../settings';
import type { ArchiveSet } from './archive-set';
import { holdingsIn } from './holdings';

/** A copy that can be used. */
export interface FoundArchives {
  readonly folder: string;
  /** Where it is, in words fit for print. */
  readonly source: string;
}

/**
 * The first place that holds the data set, in the order of `locate.ts`.
 *
 * @throws InkwellError `DATA_MISSING` with the command that fetches it where no place has it,
 *   `DATA_INCOMPLETE` where a place other than the cache holds some of it.
 */
export async function findArchives(set: ArchiveSet): Promise<FoundArchives> {
  for (const { kind, folder, label } of placesFor(set)) {
    const verdict = await holdingsIn(set, folder);
    if (verdict.state === 'ready') return { folder: verdict.folder, source: label };
    if (verdict.state === 'absent' || kind === 'cache') continue;
    throw dataError('DATA_INCOMPLETE', `${verdict.folder} holds ${set.title} incomplete: ${verdict.why}`, {
      hint: 'Unpack all of it there, or take it away, so that it is looked for elsewhere.',
    });
  }
  const { madeOnly } = dataSettings();
  const why = madeOnly ? 'left out by INKWELL_DATASETS=made' : 'not on this machine';
  const hint = madeOnly ? 'Unset INKWELL_DATASETS.' : howToGet(set);
  throw dataError('DATA_MISSING', `${set.title} is ${why}`, { hint });
}

/** The command, and what it costs. */
function howToGet({ name, archives, licence }: ArchiveSet): string {
  const megabytes = Math.round(archives.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
  const command = `Run npx inkwell data fetch ${name} (${megabytes} MB)`;
  return `${command}, or unpack it into a folder and name that in INKWELL_DATA. Licence: ${licence.summary}`;
}

/** The state of an archive set, for `inkwell data` and `inkwell doctor`. */
export async function archiveSetStatus(set: ArchiveSet): Promise<DataSetStatus> {
  const { name, title } = set;
  const places = await Promise.all(
    placesFor(set).map(async (place) => ({ ...place, ...(await holdingsIn(set, place.folder)) })),
  );
  const used = places.find(
    ({ kind, state }) => state === 'ready' || (kind !== 'cache' && state !== 'absent'),
  );
  if (used === undefined) {
    const why = dataSettings().madeOnly ? 'INKWELL_DATASETS=made leaves it out' : 'it has not been fetched';
    return {
      name,
      title,
      byName: true,
      state: 'absent',
      folder: null,
      bytes: 0,
      why,
      hint: howToGet(set),
      places,
    };
  }
  const { folder, bytes, why, state } = used;
  if (state === 'ready')
    return { name, title, byName: true, state, folder, bytes, why: null, hint: null, places };
  const hint = 'Unpack all of it there, or take it away.';
  return { name, title, byName: true, state: 'damaged', folder, bytes, why, hint, places };
}
