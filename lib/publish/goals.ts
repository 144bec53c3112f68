/** What a chapter promises its readers, for the contents. */
import type { ElementContent, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { quoted } from './headings';

const PROMISE = /\byou (?:will|can) be able to\b|\byou will learn\b/i;

/** The nodes of a chapter in reading order, out of their sections, up to its second heading. */
function opening(tree: Root): ElementContent[] {
  const nodes = tree.children.flatMap((node): ElementContent[] =>
    node.type === 'element' ? (node.tagName === 'section' ? node.children : [node]) : [],
  );
  const end = nodes.findIndex((node) => node.type === 'element' && /^h[2-6]$/.test(node.tagName));
  return (end < 0 ? nodes : nodes.slice(0, end)).filter((node) => node.type === 'element');
}

/**
 * The goals that a chapter opens with: the items of the first list after the words "you will be able to",
 * before its second heading; each as inline content. Empty where it opens with none.
 */
export function goalsOf(tree: Root): ElementContent[][] {
  const nodes = opening(tree);
  const at = nodes.findIndex(
    (node) => node.type === 'element' && node.tagName === 'p' && PROMISE.test(textOf(node)),
  );
  const list = nodes[at + 1];
  if (at < 0 || list?.type !== 'element' || (list.tagName !== 'ul' && list.tagName !== 'ol')) return [];
  return list.children.flatMap((item) => {
    if (item.type !== 'element') return [];
    const [only] = item.children.filter((node) => node.type === 'element' && node.tagName === 'p');
    return [quoted(only?.type === 'element' ? only.children : item.children)];
  });
}
