/**
 * Anchors: readable, stable, unique on their page, in any script.
 *
 * The words of the heading decide the anchor. Two headings of the same words
 * are told apart by the heading they stand under, not by a count, so that a
 * new section further up does not move the links to those below.
 */

/** `The ReLU, again!` → `the-relu-again`; letters and digits of every script stay. */
export function slugOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/** The ids of one page. */
export interface Anchors {
  /** Takes the id for the caller; false where it was taken already. */
  claim(id: string): boolean;
  has(id: string): boolean;
  /**
   * A free id for a heading, and takes it.
   *
   * @param text the heading's words; `section` where they hold no letter or digit.
   * @param parents ids of the headings it stands under, outermost first.
   */
  heading(text: string, parents: readonly string[]): string;
}

/** No ids yet. */
export function createAnchors(): Anchors {
  const taken = new Set<string>();
  const claim = (id: string): boolean => {
    if (taken.has(id)) return false;
    taken.add(id);
    return true;
  };
  const heading = (text: string, parents: readonly string[]): string => {
    const slug = slugOf(text) || 'section';
    const parent = parents.at(-1);
    const candidates = parent === undefined ? [slug] : [slug, `${parent}-${slug}`];
    for (const candidate of candidates) if (claim(candidate)) return candidate;
    for (let n = 2; ; n++) if (claim(`${slug}-${n}`)) return `${slug}-${n}`;
  };
  return { claim, has: (id) => taken.has(id), heading };
}
