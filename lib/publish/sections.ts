/**
 * The sections of a chapter, one for each cell: their anchors, and those that
 * fold away.
 */
import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { Cell } from '../notebook/format';
import { foldOf } from './cells';
import { folded } from './elements';
import { type Block, NOTE_PREFIX } from './prose';
import { cleanProse } from './prose-files';
import { prefixIds } from './sanitize';
import { reporter, type Workshop } from './workshop';

/** Ids of the page around the chapter. */
export const PAGE_IDS = ['page-contents', 'page-main', 'page-menu', 'footnote-label'] as const;

/** Prefix of ids that an author wrote as HTML. */
export const AUTHOR_PREFIX = 'u-';

/** Prefix of the anchor of a cell. */
export const CELL_PREFIX = 'cell-';

/** Anchors that the author wrote and those of cells: given once each, or reported. */
function claimIds(section: Element, shop: Workshop): void {
  const place = section.data?.cell;
  visit(section, 'element', (node) => {
    const id = node.properties['id'];
    if (node === section || typeof id !== 'string' || (PAGE_IDS as readonly string[]).includes(id)) return;
    if (shop.anchors.claim(id)) return;
    delete node.properties['id'];
    const shown = id.startsWith(AUTHOR_PREFIX) ? id.slice(AUTHOR_PREFIX.length) : id;
    reporter(shop, place)(
      'duplicate-anchor',
      `the anchor "${shown}" stands twice in the chapter`,
      'rename one of them',
    );
  });
}

/**
 * Makes the prose of every section safe and gives the sections their anchors, in place.
 *
 * @param cells the notebook's cells by id.
 */
export function finishSections(
  tree: Root,
  blocks: readonly Block[],
  cells: Map<string, Cell>,
  shop: Workshop,
): void {
  const kinds = new Map(blocks.map((block) => [block.cell.id, block.kind]));
  const sections = tree.children.filter((node): node is Element => node.type === 'element');
  const prose = sections.filter((section) => kinds.get(section.data?.cell?.id ?? '') !== 'html');
  for (const section of prose) cleanProse(section, cells.get(section.data?.cell?.id ?? ''), shop);
  prefixIds(
    { type: 'root', children: prose },
    AUTHOR_PREFIX,
    (id) => id.startsWith(NOTE_PREFIX) || id === 'footnote-label',
  );
  for (const section of sections) {
    const place = section.data?.cell;
    if (place !== undefined) {
      section.properties = {
        id: `${CELL_PREFIX}${place.id}`,
        className: ['cell', `cell-${kinds.get(place.id)}`],
      };
      shop.anchors.claim(`${CELL_PREFIX}${place.id}`);
    }
    claimIds(section, shop);
  }
}

/** Folds cells away as their tags ask; neighbours that make up one solution fold as one. */
export function foldSections(tree: Root, cells: Map<string, Cell>): void {
  const children: Root['children'] = [];
  let solution: Element | undefined;
  for (const section of tree.children) {
    const cell = section.type === 'element' ? cells.get(section.data?.cell?.id ?? '') : undefined;
    const fold = cell === undefined ? undefined : foldOf(cell);
    if (section.type === 'element' && fold?.kind === 'solution' && solution !== undefined) {
      solution.children.push(section);
      continue;
    }
    if (section.type === 'element' && fold !== undefined) {
      const details = folded(fold.summary, fold.kind, section);
      children.push(details);
      solution = fold.kind === 'solution' ? details : undefined;
    } else {
      children.push(section);
      solution = undefined;
    }
  }
  tree.children = children;
}
