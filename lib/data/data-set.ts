/** What the manifest says of a data set: its files, where they can be had, and on what terms. */

/** What a file of a data set holds. */
export type FileRole = 'train images' | 'train labels' | 'test images' | 'test labels';

/** A file in the IDX format, described by its uncompressed bytes. Mirrors have it as `NAME.gz`. */
export interface IdxFile {
  readonly format?: undefined;
  /** Its name without `.gz`. */
  readonly name: string;
  readonly role: FileRole;
  /** The shape in its IDX header. */
  readonly shape: readonly number[];
  /** Its uncompressed size. */
  readonly bytes: number;
  /** SHA-256 of its uncompressed bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Any other file, such as a text or an archive: kept under its name, byte by byte as its mirror has it. */
export interface AsIsFile {
  readonly format: 'as-is';
  readonly name: string;
  readonly role?: undefined;
  readonly shape?: undefined;
  /** Its size; left out where no source states it. */
  readonly bytes?: number;
  /** SHA-256 of its bytes as they are, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** One file of a data set. */
export type DataFile = IdxFile | AsIsFile;

/** What is known of the terms, and who says so. */
export interface Licence {
  readonly summary: string;
  readonly statements: readonly { readonly by: string; readonly says: string }[];
}

/** One data set of the manifest. */
export interface DataSet {
  /** Lower-case; also the name of its folder. */
  readonly name: string;
  /** As it is written in prose. */
  readonly title: string;
  readonly description: string;
  readonly citation: string;
  /** True where it is fetched only by its name, never with all the others. */
  readonly byName?: true;
  readonly licence: Licence;
  /** Addresses that end in `/`; a file's is the mirror's and its name (of IDX files with `.gz`). The first is asked first. */
  readonly mirrors: readonly string[];
  readonly files: readonly DataFile[];
}
