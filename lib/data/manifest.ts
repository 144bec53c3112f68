/**
 * The manifest: which data sets the book knows, where they can be had, how
 * their bytes are told from anything else, and on what terms. It stands in
 * `data/manifest.json`; the schema beside this file says what it must hold.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import { messageOf } from '../core/errors';
import { projectRoot } from '../core/paths';
import type { ArchiveSet } from './archives/archive-set';
import type { DataSet, IdxFile } from './data-set';
import { dataError } from './errors';
import { MANIFEST_SCHEMA } from './manifest-schema';

/** The whole of `data/manifest.json`. */
export interface Manifest {
  readonly dataSets: readonly DataSet[];
  /** Those that come as archives of very many files; none where it is left out. */
  readonly archiveSets?: readonly ArchiveSet[];
}

/**
 * Reads and checks a manifest.
 *
 * @param file default: `data/manifest.json` of this project.
 * @throws InkwellError `DATA_MANIFEST`, naming the place and what is wrong there.
 */
export function readManifest(file: string = path.join(projectRoot(), 'data', 'manifest.json')): Manifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const hint = 'Restore it from the repository: git checkout -- data/manifest.json';
    throw dataError('DATA_MANIFEST', `the data manifest cannot be read: ${messageOf(error)}`, {
      hint,
      cause: error,
    });
  }
  return checkManifest(parsed);
}

/**
 * Checks that a parsed JSON value is a manifest, and returns it.
 *
 * @throws InkwellError `DATA_MANIFEST`.
 */
export function checkManifest(value: unknown): Manifest {
  const validate = new Ajv({ allErrors: true }).compile<Manifest>(MANIFEST_SCHEMA);
  if (!validate(value)) {
    throw dataError(
      'DATA_MANIFEST',
      `the data manifest is not valid: ${(validate.errors ?? []).map(tell).join('; ')}`,
    );
  }
  for (const { name, files } of value.dataSets) {
    for (const file of files) if (file.format === undefined) checkSize(`${name}, ${file.name}`, file);
  }
  const names = [...value.dataSets, ...(value.archiveSets ?? [])].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw dataError('DATA_MANIFEST', `the data manifest is not valid: two data sets are named ${twice}`);
  }
  return value;
}

/** Where it is, and what ajv says of it. */
function tell(error: ErrorObject): string {
  const extra = 'additionalProperty' in error.params ? ` (${error.params['additionalProperty']})` : '';
  const allowed = 'allowedValues' in error.params ? ` (${error.params['allowedValues'].join(', ')})` : '';
  return `${error.instancePath || '/'} ${error.message}${extra}${allowed}`;
}

/** One byte a value behind the header: size and shape must tell the same story. */
function checkSize(where: string, { shape, bytes }: IdxFile): void {
  const expected = 4 + 4 * shape.length + shape.reduce((product, size) => product * size, 1);
  if (bytes === expected) return;
  throw dataError(
    'DATA_MANIFEST',
    `the data manifest is not valid: ${where}: a file of shape ${shape.join(' × ')} takes ${expected} bytes, got ${bytes}`,
  );
}

/**
 * The data set of that name.
 *
 * @throws InkwellError `DATA_UNKNOWN`, with the names that there are.
 */
export function findDataSet(manifest: Manifest, name: string): DataSet {
  const found = manifest.dataSets.find((dataSet) => dataSet.name === name);
  if (found !== undefined) return found;
  const all = [...manifest.dataSets, ...(manifest.archiveSets ?? [])];
  const known = all.map((dataSet) => dataSet.name).join(', ') || 'none';
  throw dataError('DATA_UNKNOWN', `there is no data set named ${name}; known: ${known}`);
}

/** True where the manifest has an archive set of that name. */
export function isArchiveSet({ archiveSets = [] }: Manifest, name: string): boolean {
  return archiveSets.some((set) => set.name === name);
}

/**
 * The archive set of that name.
 *
 * @throws InkwellError `DATA_UNKNOWN`, with the names that there are.
 */
export function findArchiveSet({ archiveSets = [] }: Manifest, name: string): ArchiveSet {
  const found = archiveSets.find((set) => set.name === name);
  if (found !== undefined) return found;
  const known = archiveSets.map((set) => set.name).join(', ') || 'none';
  throw dataError('DATA_UNKNOWN', `there is no data set of archives named ${name}; known: ${known}`);
}
