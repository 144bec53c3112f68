/** Author and year: what the text says of a work. */
import type { Work } from './work';

export interface WorkLabel {
  readonly authors: string;
  /** With a letter where works of the same authors and year would look alike: `1998a`. */
  readonly year: string;
}

/** `Samuel`, `Minsky and Papert`, `LeCun et al.` from three authors on. */
function authorsOf({ authors, hasMoreAuthors }: Work): string {
  const [first, second] = authors.map(({ family }) => family);
  if (authors.length > 2 || hasMoreAuthors) return `${first} et al.`;
  return second === undefined ? String(first) : `${first} and ${second}`;
}

const orderOf = (work: Work): string =>
  `${work.authors.map(({ family, given = '' }) => `${family}, ${given}`).join('; ')} ${work.year} ${work.title}`;

const collator = new Intl.Collator('en');

/** In the order of a list of references: authors, year, title. */
export function inOrder(works: Iterable<Work>): Work[] {
  return [...works].sort((a, b) => collator.compare(orderOf(a), orderOf(b)));
}

/** The labels of works that are cited together, by key. */
export function labelWorks(works: Iterable<Work>): Map<string, WorkLabel> {
  const alike = new Map<string, Work[]>();
  for (const work of inOrder(works)) {
    const label = `${authorsOf(work)} ${work.year}`;
    alike.set(label, [...(alike.get(label) ?? []), work]);
  }
  const labels = new Map<string, WorkLabel>();
  for (const group of alike.values()) {
    for (const [index, work] of group.entries()) {
      const letter = group.length === 1 ? '' : String.fromCharCode(97 + index);
      labels.set(work.key, { authors: authorsOf(work), year: `${work.year}${letter}` });
    }
  }
  return labels;
}
