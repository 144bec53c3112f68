/** What printing takes and gives back. */
import type { Problem } from './problems';

export interface PrintOptions {
  /** Paths of executed notebooks, in the book's order. */
  readonly chapters: readonly string[];
  /** The folder to write; an earlier book there is replaced. Default `build/book`. */
  readonly out?: string;
  readonly title: string;
  readonly subtitle?: string;
  /** A paragraph for the cover. */
  readonly description?: string;
  readonly authors?: readonly string[];
  /** BCP 47; default `en`. */
  readonly language?: string;
  /** The licence of text and code, such as `MIT`. */
  readonly license?: string;
  /** The book's version, such as `0.1.0`. */
  readonly version?: string;
  /** Where readers report mistakes: an `https` address. */
  readonly issues?: string;
  /** The data sets that the book uses, with their licences in a sentence. */
  readonly dataSets?: readonly { readonly name: string; readonly license: string }[];
  /**
   * What links and pictures in the prose are relative to, where that is not the
   * notebook's own folder: executed copies stand elsewhere than their notebooks.
   */
  readonly folder?: string;
  /** A `.bib` file with the works that the prose cites by key. */
  readonly bibliography?: string;
  /**
   * A file that keeps formulas and highlighted code from print to print; default
   * one in the cache folder, after the name of `out`; false for none.
   */
  readonly cache?: string | false;
  /** Throw on problems (default), or print all the same and only report them. */
  readonly strict?: boolean;
}

/** One printed page. */
export interface PageReport {
  /** Relative to the book. */
  readonly page: string;
  readonly title: string;
  readonly cells: number;
  readonly bytes: number;
}

export interface BookReport {
  /** The book's folder, absolute. */
  readonly out: string;
  /** The cover first. */
  readonly pages: readonly PageReport[];
  /** Empty unless `strict` is false. */
  readonly problems: readonly Problem[];
  /** Works of the bibliography that no chapter cites. */
  readonly uncited: readonly string[];
  /** Formulas and code blocks in the book, and how many of them had to be made anew. */
  readonly leaves: { readonly count: number; readonly made: number };
  readonly fileCount: number;
  readonly bytes: number;
  readonly durationMs: number;
}
