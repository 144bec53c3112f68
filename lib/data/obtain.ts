/**
 * Getting hold of a data set: from the first place that has it, else from the
 * mirrors. The order and its reasons: `locate.ts`.
 */
import { InkwellError } from '../core/errors';
import type { DataSet } from './data-set';
import { dataError } from './errors';
import { type FetchOptions, fetchDataSet } from './fetch';
import { findFiles } from './files';
import { type Place, placesFor } from './locate';
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
 * Looks for a data set in its places, then asks the mirrors.
 *
 * @throws InkwellError where a place other than the cache holds it incomplete or damaged; the
 *   signal's reason.
 */
export async function obtain(dataSet: DataSet, options: FetchOptions = {}): Promise<Obtained | Unobtained> {
  if (dataSettings().madeOnly) {
    return unobtained(dataError('DATA_MISSING', `${dataSet.title} is left out by INKWELL_DATASETS=made`));
  }
  for (const place of placesFor(dataSet)) {
    const halves = await readPlace(dataSet, place);
    if (halves !== undefined) return { kind: 'obtained', source: place.label, ...halves };
  }
  try {
    const { folder, fetched } = await fetchDataSet(dataSet, options);
    const hosts = [...new Set(fetched.map(({ mirror }) => new URL(mirror).host))];
    const source = hosts.length === 0 ? 'the cache' : `fetched from ${hosts.join(' and ')}`;
    return { kind: 'obtained', source, ...(await readDataSet(dataSet, folder)) };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof InkwellError) return unobtained(error);
    throw error;
  }
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

function unobtained(error: InkwellError): Unobtained {
  return { kind: 'unobtained', why: error.message.split('\n', 1)[0] ?? '', error };
}
