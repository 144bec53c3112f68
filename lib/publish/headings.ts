/** Headings of a chapter: their anchors and what the contents show of them. */
import type { Element, ElementContent, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import type { Heading } from './chapter';
import type { Anchors } from './slugs';

const levelOf = (node: Element): number | undefined =>
  /^h[1-6]$/.test(node.tagName) ? Number(node.tagName[1]) : undefined;

/** Inline content as the contents may repeat it: no links, notes, pictures or ids. */
export function quoted(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node];
    if (node.tagName === 'a') return quoted(node.children);
    if (node.tagName === 'sup' && textOf(node).match(/^\d+$/)) return [];
    if (node.tagName === 'img' || node.tagName === 'svg') return [];
    const { id: _id, ...properties } = node.properties;
    return [{ ...node, properties, children: quoted(node.children) }];
  });
}

/** True for what only looks like a part of the chapter: sidebars, folded solutions, outputs. */
const isApart = ({ tagName, properties }: Element): boolean =>
  ['aside', 'details', 'blockquote', 'table', 'figure'].includes(tagName) ||
  (Array.isArray(properties['className']) && properties['className'].includes('outputs'));

/**
 * Gives every heading its anchor, in place, and lists those of the chapter's
 * own sections, in order (headings inside sidebars, solutions and outputs get
 * an anchor but stand in no contents).
 */
export function anchorHeadings(tree: Root, anchors: Anchors): Heading[] {
  const headings: Heading[] = [];
  const open: { level: number; id: string }[] = [];
  const anchor = (node: Element, level: number): string => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    // The chapter's own title is no part of its sections' names.
    const parents = open.filter((heading) => heading.level > 1).map((heading) => heading.id);
    const id = anchors.heading(textOf(node), parents);
    node.properties['id'] = id;
    open.push({ level, id });
    return id;
  };
  visit(tree, 'element', (node) => {
    if (isApart(node)) {
      visit(node, 'element', (inner) => {
        if (levelOf(inner) !== undefined) inner.properties['id'] = anchors.heading(textOf(inner), []);
      });
      return SKIP;
    }
    const level = levelOf(node);
    if (level === undefined) return;
    const id = anchor(node, level);
    headings.push({ level, id, text: textOf(node).trim(), children: quoted(node.children) });
    return SKIP;
  });
  return headings;
}
