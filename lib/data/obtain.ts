/**
 * Getting hold of a data set: from the first place that has it, else from the
 * mirrors. The order and its reasons: `locate.ts`.
 */
import { InkwellError } from '../core/errors';
import { dataError } from './errors';
import { findFiles } from './files';
import { type Place, placesFor } from './locate';
import type { DataSet } from './manifest';
import { readDataSet, type TrainAndTest } from './read-data-set';
import { dataSettings } from './settings';

/** The data set, verified. */
export interface Obtained extends TrainAndTest {
  readonly kind: 'obtained';
  /** Where it came from, fit for print. */
  readonly source: string;
}

/** There is none to be had. */
export interface Unobtained {
  readonly kind: 'unobtained';
  /** One line, fit for print. */
  readonly why: string;
  readonly error: InkwellError;
}

/**
 * Looks for a data set in its places.
 *
 * @throws InkwellError where a place other than the cache holds it incomplete or damaged.
 */
export async function obtain(dataSet: DataSet): Promise<Obtained | Unobtained> {
  for (const place of placesFor(dataSet)) {
    const halves = await readPlace(dataSet, place);
    if (halves !== undefined) return { kind: 'obtained', source: place.label, ...halves };
  }
  return unobtained(nowhere(dataSet));
}

/** What stands in a place; undefined where nothing does, or nothing good in the cache. */
async function readPlace(dataSet: DataSet, { kind, folder }: Place): Promise<TrainAndTest | undefined> {
  if (findFiles(dataSet, folder).every(({ path }) => path === undefined)) return undefined;
  try {
    return await readDataSet(dataSet, folder);
  } catch (error) {
    if (kind === 'cache' && error instanceof InkwellError) return undefined;
    throw error;
  }
}

function nowhere(dataSet: DataSet): InkwellError {
  const why = dataSettings().madeOnly
    ? 'INKWELL_DATASETS=made leaves it out'
    : 'it stands in none of its places';
  return dataError('DATA_MISSING', `${dataSet.title} is not to be had: ${why}`);
}

function unobtained(error: InkwellError): Unobtained {
  return { kind: 'unobtained', why: error.message.split('\n', 1)[0] ?? '', error };
}
