/**
 * References to figures and tables: `[figure](#cell-id=compare)` becomes
 * “figure 6.4”. The address is the one by which JupyterLab scrolls to a cell,
 * so that the same words lead there while the notebook is being written.
 */
import type { Element, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import type { Chapter } from './chapter';
import { nearestKey } from './citations/nearest';
import { decodeAddress } from './media';
import type { Numbered, NumberedKind } from './numbering';
import type { Report } from './problems';
import { CELL_PREFIX } from './sections';

const FRAGMENT = 'cell-id=';

/** True for the fragment of an address that names a cell. */
export const namesCell = (fragment: string): boolean => fragment.startsWith(FRAGMENT);

const KINDS: readonly NumberedKind[] = ['figure', 'table'];

/** `compare-2` is the second of its kind in cell `compare`, unless a cell bears that name itself. */
function placeIn(name: string, target: Chapter): { readonly cell: string; readonly nth: number } {
  const [, cell, count] = /^(.+)-(\d+)$/.exec(name) ?? [];
  if (target.anchors.has(`${CELL_PREFIX}${name}`) || cell === undefined) return { cell: name, nth: 1 };
  return { cell, nth: Number(count) };
}

/** What a reference of this kind may name in a chapter: cells with a caption, or any cell. */
function cellsFor(kind: NumberedKind | undefined, { numbered, tree }: Chapter): string[] {
  if (kind !== undefined) return numbered.filter((each) => each.kind === kind).map(({ cell }) => cell.id);
  return tree.children.flatMap((node) => (node.type === 'element' ? (node.data?.cell?.id ?? []) : []));
}

function dead(href: string, kind: NumberedKind | undefined, cell: string, target: Chapter): [string, string] {
  const known = [...new Set(cellsFor(kind, target))];
  const near = nearestKey(cell, known);
  const what = `the reference ${href} leads to no ${kind === undefined ? 'cell' : `${kind} with a caption`}`;
  if (kind === undefined) return [what, suggestion(near, `cells are ${known.join(', ') || 'none'}`)];
  const cells = `cells with one are ${known.join(', ') || 'none'}`;
  return [
    what,
    `${suggestion(near, cells)}${near === undefined ? '' : ' Only what has a caption has a number'}`,
  ];
}

const suggestion = (near: string | undefined, otherwise: string): string =>
  near === undefined ? otherwise : `did you mean #${FRAGMENT}${near}?`;

const ARTICLE = /(^|[\s(])([Tt])he\s+$/;

/** “the figure” reads well where there is no number: in print, “in the figure 6.4” becomes “in figure 6.4”. */
export function dropArticles(tree: Root): void {
  visit(tree, 'element', (link: Element, index, parent) => {
    if (link.properties['className'] === undefined || index === undefined || parent === undefined) return;
    const isReference = (link.properties['className'] as unknown[]).includes('reference');
    const before = parent.children[index - 1];
    const [words] = link.children;
    if (!isReference || before?.type !== 'text' || words?.type !== 'text') return;
    const article = ARTICLE.exec(before.value);
    if (article === null) return;
    before.value = before.value.replace(ARTICLE, '$1');
    if (article[2] === 'T') words.value = words.value.replace(/^./, (letter) => letter.toUpperCase());
  });
}

/**
 * Points a reference at what it names, in place: a link of the word “figure”
 * or “table” alone gets the number behind it, other words stay as they are.
 *
 * @param page the target's page, '' where it is the page of the link itself.
 */
export function followReference(
  link: Element,
  fragment: string,
  { target, page, report }: { readonly target: Chapter; readonly page: string; readonly report: Report },
): void {
  const name = decodeAddress(fragment.slice(FRAGMENT.length));
  const word = textOf(link).trim();
  const kind = KINDS.find((each) => each === word.toLowerCase());
  const { cell, nth } = placeIn(name, target);
  const found: Numbered | undefined = target.numbered.filter(
    (each) => each.cell.id === cell && (kind === undefined || each.kind === kind),
  )[nth - 1];
  const anchor = found?.id ?? (kind === undefined ? `${CELL_PREFIX}${cell}` : undefined);
  if (anchor === undefined || !target.anchors.has(anchor)) {
    report('dead-link', ...dead(`${page}#${fragment}`, kind, cell, target));
    delete link.properties['href'];
    return;
  }
  link.properties['href'] = `${page}#${encodeURIComponent(anchor)}`;
  if (kind !== undefined && found !== undefined) {
    link.properties['className'] = ['reference'];
    link.children = [{ type: 'text', value: `${word}\u00a0${found.number}` }];
  }
}
