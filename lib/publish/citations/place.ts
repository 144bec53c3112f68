/**
 * Puts a chapter's citations into place: links in the text, and a list of
 * references at its end with the works that it cites and no others.
 */
import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { h } from '../elements';
import { reporter, type Workshop } from '../workshop';
import { entryOf } from './entry';
import { inOrder, labelWorks, type WorkLabel } from './labels';
import { nearestKey } from './nearest';
import { type Citation, type CitationGroup, splitCitations } from './notation';
import type { Bibliography, Work } from './work';

/** The anchor of a work in the list. */
const entryId = (key: string): string => `ref-${key}`;
const placeId = (key: string, count: number): string => `cite-${key}-${count}`;

/** Nothing in these is prose. */
const VERBATIM = ['code', 'pre', 'a', 'svg', 'math', 'kbd', 'samp'];

const isProse = ({ properties: { className } }: Element): boolean =>
  !(Array.isArray(className) && className.includes('cell-html'));

/** Replaces each text of the chapter's prose by what `replace` makes of its pieces. */
function eachText(
  tree: Root,
  replace: (pieces: (string | CitationGroup)[], section: Element) => ElementContent[] | undefined,
): void {
  for (const section of tree.children) {
    if (section.type !== 'element' || !isProse(section)) continue;
    visit(section, (node, index, parent) => {
      if (node.type === 'element' && VERBATIM.includes(node.tagName)) return SKIP;
      if (node.type !== 'text' || !node.value.includes('@') || index === undefined) return;
      const nodes = replace(splitCitations(node.value), section);
      if (nodes === undefined || parent === undefined) return;
      (parent.children as ElementContent[]).splice(index, 1, ...nodes);
      return [SKIP, index + nodes.length];
    });
  }
}

const isGroup = (piece: string | CitationGroup): piece is CitationGroup => typeof piece !== 'string';

/** The works that a chapter cites, in no order. */
function citedWorks(tree: Root, works: Bibliography): Work[] {
  const cited = new Map<string, Work>();
  eachText(tree, (pieces) => {
    for (const { key } of pieces.filter(isGroup).flatMap(({ citations }) => citations)) {
      const work = works.get(key);
      if (work !== undefined) cited.set(key, work);
    }
    return undefined;
  });
  return [...cited.values()];
}

/** Citations of one chapter on their way into its text. */
class Placing {
  readonly #labels: Map<string, WorkLabel>;
  readonly #shop: Workshop;
  /** By key: the anchors of the places that cite it. */
  readonly places = new Map<string, string[]>();

  constructor(cited: readonly Work[], shop: Workshop) {
    this.#labels = labelWorks(cited);
    this.#shop = shop;
  }

  label(key: string): WorkLabel {
    return this.#labels.get(key) ?? { authors: key, year: '' };
  }

  #link(key: string, words: string): Element {
    const places = this.places.get(key) ?? [];
    const id = placeId(key, places.length + 1);
    this.#shop.anchors.claim(id);
    this.places.set(key, [...places, id]);
    return h('a', { id, className: ['citation'], href: `#${entryId(key)}` }, words);
  }

  #item({ key, prefix, locator, isYearOnly }: Citation): (ElementContent | string)[] {
    const { authors, year } = this.label(key);
    const link = this.#link(key, isYearOnly ? year : `${authors} ${year}`);
    return [prefix === '' ? '' : `${prefix} `, link, locator === '' ? '' : `, ${locator}`];
  }

  /** The group as it stands in the text. */
  group({ place, citations }: CitationGroup): Element {
    const [first] = citations;
    if (place === 'parentheses' || first === undefined) {
      const parts = citations.flatMap((citation, index) => [
        index === 0 ? '' : '; ',
        ...this.#item(citation),
      ]);
      return h('span', { className: ['citations'] }, '(', ...parts, ')');
    }
    const { authors, year } = this.label(first.key);
    const inside = first.locator === '' ? year : `${year}, ${first.locator}`;
    return h('span', { className: ['citations'] }, this.#link(first.key, `${authors} (${inside})`));
  }
}

/** `↑` back to the one place, `↑ 1 2 3` to several. */
function backLinks(label: WorkLabel, places: readonly string[]): ElementContent[] {
  const name = `${label.authors} ${label.year}`;
  const links = places.map((id, index) => {
    const words = places.length === 1 ? '↑' : String(index + 1);
    const which = places.length === 1 ? '' : `, place ${index + 1}`;
    return h('a', { href: `#${id}`, ariaLabel: `Back to where ${name} is cited${which}` }, words);
  });
  const spaced = links.flatMap((link) => [{ type: 'text' as const, value: ' ' }, link]);
  const arrow = places.length === 1 ? [] : [h('span', { ariaHidden: 'true' }, ' ↑')];
  return [h('span', { className: ['references-back'] }, ...arrow, ...spaced)];
}

function referenceList(cited: readonly Work[], placing: Placing, shop: Workshop): Element {
  const items = inOrder(cited).map((work) => {
    shop.anchors.claim(entryId(work.key));
    const label = placing.label(work.key);
    const entry = h('span', { className: ['references-entry'] }, ...entryOf(work, label));
    return h('li', { id: entryId(work.key) }, entry, ...backLinks(label, placing.places.get(work.key) ?? []));
  });
  return h('section', { className: ['references'] }, h('h2', {}, 'References'), h('ul', {}, ...items));
}

/**
 * Turns the citations in a chapter's prose into links and appends the list of references, in place;
 * an unknown key is reported with its cell and the nearest key that there is.
 *
 * @returns the keys that the chapter cites, in the order of the list.
 */
export function placeCitations(tree: Root, works: Bibliography, shop: Workshop): string[] {
  const cited = citedWorks(tree, works);
  const placing = new Placing(cited, shop);
  eachText(tree, (pieces, section) => {
    const groups = pieces.filter(isGroup);
    if (groups.length === 0) return undefined;
    const unknown = groups.flatMap(({ citations }) => citations).filter(({ key }) => !works.has(key));
    for (const { key } of unknown) {
      const nearest = nearestKey(key, works.keys());
      reporter(shop, section.data?.cell)(
        'citation',
        `it cites @${key}, which is not in the bibliography`,
        nearest === undefined ? 'add the work to it' : `did you mean @${nearest}? Or add the work to it`,
      );
    }
    const isKnown = ({ citations }: CitationGroup): boolean => citations.every(({ key }) => works.has(key));
    return pieces.map((piece): ElementContent => {
      if (isGroup(piece) && isKnown(piece)) return placing.group(piece);
      return { type: 'text', value: isGroup(piece) ? piece.source : piece };
    });
  });
  if (cited.length === 0) return [];
  tree.children.push(referenceList(cited, placing, shop));
  return inOrder(cited).map(({ key }) => key);
}
