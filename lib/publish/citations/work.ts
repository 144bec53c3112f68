/** A work of the bibliography, and what every entry must tell. */

export interface PersonName {
  readonly family: string;
  /** Absent for an organisation. */
  readonly given?: string;
}

/** How a work appeared, as far as its entry's looks depend on it. */
export type WorkKind = 'article' | 'part' | 'book' | 'thesis' | 'other';

export interface Work {
  /** What chapters cite it by, such as `lecun1998`. */
  readonly key: string;
  readonly kind: WorkKind;
  readonly authors: readonly PersonName[];
  /** There are more authors than are named. */
  readonly hasMoreAuthors: boolean;
  readonly title: string;
  readonly year: number;
  /** The journal, or the book or proceedings that it is a part of. */
  readonly container: string | undefined;
  readonly editors: readonly PersonName[];
  readonly series: string | undefined;
  readonly volume: string | undefined;
  readonly issue: string | undefined;
  readonly pages: string | undefined;
  readonly edition: string | undefined;
  /** Publisher, institution, or site. */
  readonly publisher: string | undefined;
  /** Such as `PhD thesis`. */
  readonly genre: string | undefined;
  readonly doi: string | undefined;
  readonly url: string | undefined;
}

/** Works by key. */
export type Bibliography = ReadonlyMap<string, Work>;

/** What is wrong with a work's entry, in words; empty where nothing is. */
export function workProblems(work: Work): string[] {
  const { authors, title, year, container, publisher, kind, doi, url } = work;
  const needsContainer = kind === 'article' || kind === 'part';
  const problems = [
    authors.length === 0 && 'it has no author',
    title === '' && 'it has no title',
    !Number.isInteger(year) && 'it has no year',
    needsContainer && container === undefined && 'it has no journal or booktitle',
    !needsContainer && publisher === undefined && 'it has no publisher, institution or howpublished',
    doi !== undefined && !/^10\.\d{4,}\/\S+$/.test(doi) && `its doi is no DOI: ${doi}`,
    url !== undefined && !/^https?:\/\/\S+$/.test(url) && `its url is no web address: ${url}`,
  ];
  return problems.filter((problem) => problem !== false);
}
