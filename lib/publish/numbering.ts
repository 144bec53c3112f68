/**
 * Numbers for what has a caption: figure 4.3 is the third captioned figure of
 * chapter 4, table A.1 the first captioned table of appendix A. Each gets an
 * anchor after the cell that shows it, which stays when others are added.
 */
import type { Element, ElementContent, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { h } from './elements';
import type { CellPlace } from './problems';
import type { Anchors } from './slugs';

/** The kinds that are counted, each by itself. */
export type NumberedKind = 'figure' | 'table';

/** A figure or table with a number. */
export interface Numbered {
  readonly kind: NumberedKind;
  /** `4.3`, `A.1`; `3` in a chapter without a number. */
  readonly number: string;
  /** The anchor of the figure or table. */
  readonly id: string;
  /** The cell that shows it. */
  readonly cell: CellPlace;
}

/** A caption that a kernel gave a table by itself, such as `10 × 5`, says nothing to refer to. */
const IS_SIZE = /^[\d,]+ × [\d,]+$/;

const TITLES: { readonly [kind in NumberedKind]: string } = { figure: 'Figure', table: 'Table' };

const holds = (node: ElementContent, names: readonly string[]): boolean =>
  node.type === 'element' &&
  (names.includes(node.tagName) || node.children.some((child) => holds(child, names)));

/** A table without a picture in it is a table, whatever element stands around it. */
function kindOf(holder: Element): NumberedKind {
  if (holder.tagName === 'table') return 'table';
  return holds(holder, ['svg', 'img']) || !holds(holder, ['table']) ? 'figure' : 'table';
}

/** `06` → `6.`, `A` → `A.`, nothing where the chapter has no number. */
function prefixOf(number: string | undefined): string {
  if (number === undefined) return '';
  return `${/^\d+$/.test(number) ? Number(number) : number}.`;
}

function freeId(kind: NumberedKind, cell: CellPlace, anchors: Anchors): string {
  for (let n = 1; ; n++) {
    const id = `${kind}-${cell.id}${n === 1 ? '' : `-${n}`}`;
    if (anchors.claim(id)) return id;
  }
}

/**
 * Numbers every captioned figure and table of a chapter, in place.
 *
 * @returns all of them, in the order of the page.
 */
export function numberCaptions(tree: Root, number: string | undefined, anchors: Anchors): Numbered[] {
  const numbered: Numbered[] = [];
  const prefix = prefixOf(number);
  const visit = (node: Element, holder: Element | undefined, cell: CellPlace | undefined): void => {
    const here = node.data?.cell ?? cell;
    const isCaption = node.tagName === 'figcaption' || node.tagName === 'caption';
    if (isCaption && holder !== undefined && here !== undefined && !IS_SIZE.test(textOf(node).trim())) {
      const kind = kindOf(holder);
      const count = numbered.filter((each) => each.kind === kind).length + 1;
      const one = { kind, number: `${prefix}${count}`, id: freeId(kind, here, anchors), cell: here };
      numbered.push(one);
      holder.properties['id'] = one.id;
      const label = `${TITLES[kind]} ${one.number}.`;
      const link = h('a', { className: ['caption-number'], href: `#${encodeURIComponent(one.id)}` }, label);
      node.children.unshift(link, { type: 'text', value: ' ' });
      return;
    }
    const inside = node.tagName === 'figure' || node.tagName === 'table' ? node : holder;
    for (const child of node.children) if (child.type === 'element') visit(child, inside, here);
  };
  for (const node of tree.children) if (node.type === 'element') visit(node, undefined, undefined);
  return numbered;
}
