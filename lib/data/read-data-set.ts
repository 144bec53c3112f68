/**
 * A whole data set of images read from one folder: every file parsed, the
 * counts compared, the sums checked, in this order, so that the error names
 * the plainest thing that is wrong.
 */

import type { DataFile, DataSet, FileRole } from './data-set';
import { dataError } from './errors';
import { type DataBytes, type FoundFile, findFiles, readDataFile, verifySum } from './files';
import type { IdxArray } from './idx';
import { type LabelledImages, labelledImages } from './labelled-images';

/** Both halves of a data set. */
export interface TrainAndTest {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/**
 * Reads and verifies the files of a data set.
 *
 * @param folder the folder that holds the files, or a subfolder of the data set's name.
 * @throws InkwellError `DATA_MISSING`, `DATA_INCOMPLETE`, `DATA_UNREADABLE`, `DATA_HTML`,
 *   `DATA_TRUNCATED`, `DATA_MAGIC`, `DATA_FORMAT`, `DATA_COUNTS`, `DATA_CHECKSUM`.
 */
export async function readDataSet(dataSet: DataSet, folder: string): Promise<TrainAndTest> {
  const found = requireAll(dataSet, folder);
  const read = await Promise.all(
    found.map(async ({ file, path }) => ({ file, path, ...(await readDataFile(file, path)) })),
  );
  const half = (name: 'train' | 'test'): LabelledImages =>
    labelledImages(ofRole(read, `${name} images`), ofRole(read, `${name} labels`), {
      label: `${dataSet.title} in ${folder}, ${name} half`,
    });
  const halves = { train: half('train'), test: half('test') };
  for (const { file, path, bytes } of read) verifySum(file, bytes, path);
  return halves;
}

/** All files of the data set, each with its path. */
function requireAll(dataSet: DataSet, folder: string): { file: FoundFile['file']; path: string }[] {
  const found = findFiles(dataSet, folder);
  const missing = found.filter(({ path }) => path === undefined).map(({ file }) => file.name);
  if (missing.length === found.length) {
    throw dataError('DATA_MISSING', `${folder} holds none of the files of ${dataSet.title}`);
  }
  if (missing.length > 0) {
    const hint = `Put it there, plain or as .gz, or take the others away, so that ${dataSet.title} is looked for elsewhere.`;
    throw dataError('DATA_INCOMPLETE', `${folder} lacks ${missing.join(', ')} of ${dataSet.title}`, { hint });
  }
  return found.flatMap(({ file, path }) => (path === undefined ? [] : [{ file, path }]));
}

function ofRole(read: readonly ({ readonly file: DataFile } & DataBytes)[], role: FileRole): IdxArray {
  const found = read.find(({ file }) => file.role === role);
  if (found?.idx === undefined)
    throw dataError('DATA_MANIFEST', `the data manifest names no file of role ${role}`);
  return found.idx;
}
