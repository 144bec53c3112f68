/**
 * The files of a public data set that this machine has already. Nothing is
 * fetched here: a download is asked for by name (`inkwell data fetch NAME`),
 * never a surprise in the middle of a chapter.
 */
import { InkwellError } from '../core/errors';
import type { DataSet } from './data-set';
import { dataError } from './errors';
import { findFiles, readDataFile, verifySum } from './files';
import { type Place, placesFor } from './locate';
import { dataSettings } from './settings';

/** A data set's files, verified. */
export interface PublicFiles {
  /** Where they were found, fit for print. */
  readonly source: string;
  /** The bytes of the file of a name in the manifest. */
  bytesOf(name: string): Uint8Array;
}

/**
 * Reads the files of a data set from the first place that has them (`locate.ts`).
 *
 * @throws InkwellError `DATA_MISSING` where no place has them, with the command that fetches them;
 *   `DATA_INCOMPLETE`, `DATA_CHECKSUM`, … where one has them incomplete or damaged.
 */
export async function readPublicFiles(dataSet: DataSet): Promise<PublicFiles> {
  const { name, title } = dataSet;
  if (dataSettings().madeOnly) {
    throw dataError('DATA_MISSING', `${title} is left out by INKWELL_DATASETS=made`);
  }
  for (const place of placesFor(dataSet)) {
    const files = await readPlace(dataSet, place);
    if (files !== undefined) {
      return { source: place.label, bytesOf: (file) => files.get(file) ?? unknownFile(title, file) };
    }
  }
  const hint = `Fetch it with \`npx inkwell data fetch ${name}\`, or name a folder that holds it in INKWELL_DATA. Its terms: ${dataSet.licence.summary}`;
  throw dataError('DATA_MISSING', `${title} is not on this machine`, { hint });
}

/** The files of a place by name; undefined where none stands there. */
async function readPlace(
  dataSet: DataSet,
  { kind, folder }: Place,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const found = findFiles(dataSet, folder);
  const absent = found.filter(({ path }) => path === undefined).map(({ file }) => file.name);
  if (absent.length === found.length) return undefined;
  const hint =
    kind === 'cache'
      ? `Fetch it again: npx inkwell data fetch ${dataSet.name}`
      : 'Put the right files there, or take the wrong ones away.';
  if (absent.length > 0) {
    throw dataError('DATA_INCOMPLETE', `${folder} lacks ${absent.join(', ')} of ${dataSet.title}`, { hint });
  }
  const read = found.map(async ({ file, path = '' }): Promise<[string, Uint8Array]> => {
    const { bytes } = await readDataFile(file, path);
    verifySum(file, bytes, path);
    return [file.name, bytes];
  });
  return new Map(await Promise.all(read));
}

function unknownFile(title: string, name: string): never {
  throw new InkwellError('DATA_MANIFEST', `the data manifest names no file ${name} of ${title}`);
}
