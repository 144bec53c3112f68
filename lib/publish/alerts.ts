/**
 * Set-off passages: GitHub's alerts (`> [!NOTE]`), the older habit
 * `> **Note**`, and sidebars (`> **Any title**` on a line of its own).
 */
import type { Blockquote, Paragraph, PhrasingContent, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

const KINDS = ['note', 'tip', 'important', 'warning', 'caution'] as const;
type Kind = (typeof KINDS)[number] | 'aside';

interface Opening {
  readonly kind: Kind;
  readonly title: PhrasingContent[];
  /** What follows the title in the first paragraph. */
  readonly rest: PhrasingContent[];
}

const kindOf = (word: string): Kind | undefined => KINDS.find((kind) => kind === word.toLowerCase());

function github(first: Paragraph): Opening | undefined {
  const [text, ...others] = first.children;
  const match = text?.type === 'text' ? /^\[!(\w+)\][ \t]*(?:\n|$)/.exec(text.value) : null;
  const kind = kindOf(match?.[1] ?? '');
  if (kind === undefined || match === null || text?.type !== 'text') return undefined;
  const value = text.value.slice(match[0].length);
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return {
    kind,
    title: [{ type: 'text', value: title }],
    rest: value === '' ? others : [{ type: 'text', value }, ...others],
  };
}

function bold(first: Paragraph): Opening | undefined {
  const [strong, ...others] = first.children;
  if (strong?.type !== 'strong') return undefined;
  const kind = kindOf(textOf(strong).replace(/[.:!]\s*$/, ''));
  if (kind === undefined && others.length > 0) return undefined;
  const [next, ...later] = others;
  const rest: PhrasingContent[] =
    next?.type === 'text'
      ? [{ type: 'text', value: next.value.replace(/^[\s:.—–-]+/, '') }, ...later]
      : others;
  return { kind: kind ?? 'aside', title: strong.children, rest };
}

function mark(quote: Blockquote): void {
  const [first, ...blocks] = quote.children;
  if (first?.type !== 'paragraph') return;
  const opening = github(first) ?? bold(first);
  if (opening === undefined || (opening.rest.length === 0 && blocks.length === 0)) return;
  const title: Paragraph = {
    type: 'paragraph',
    children: opening.title,
    data: { hProperties: { className: ['alert-title'] } },
  };
  const rest: Paragraph[] = opening.rest.length === 0 ? [] : [{ type: 'paragraph', children: opening.rest }];
  quote.children = [title, ...rest, ...blocks];
  quote.data = { hName: 'aside', hProperties: { className: ['alert', `alert-${opening.kind}`] } };
}

/** Marks, in place, every block quote that opens as an alert. */
export function markAlerts(tree: Root): void {
  visit(tree, 'blockquote', mark);
}
