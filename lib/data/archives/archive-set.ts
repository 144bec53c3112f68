/**
 * Data sets that come as archives of very many files: fetched once, verified,
 * unpacked, and used as folders from then on. They are large, so nothing but
 * `inkwell data fetch NAME` ever fetches them.
 */
import type { DataSet } from '../data-set';

/** One archive, gzipped tar. */
export interface Archive {
  readonly name: string;
  /** The one folder that it holds. */
  readonly folder: string;
  readonly bytes: number;
  /** SHA-256 of the archive; left out where no source states it, which `sumFrom` then says. */
  readonly sha256?: string;
  /** Who states size and sum. */
  readonly sumFrom: string;
}

/** What must be there once all is unpacked. */
export interface Holding {
  /** Below the data set's folder: `images`, `annotations/trimaps`. */
  readonly folder: string;
  /** Of the files that count: `.jpg`. */
  readonly extension: string;
  /** How many there are. */
  readonly files: number;
}

/** One data set of the manifest's `archiveSets`. */
export interface ArchiveSet extends Omit<DataSet, 'files' | 'byName'> {
  readonly archives: readonly Archive[];
  readonly holds: readonly Holding[];
}
