/**
 * Markdown as notebooks use it: CommonMark, GitHub's extensions and `$…$`.
 *
 * Each cell is parsed by itself, as Jupyter does, so that an unclosed fence
 * cannot swallow the rest of the chapter. References are resolved inside the
 * cell; notes get names of their own and are numbered through the chapter.
 */
import type { Element, ElementContent, ElementData, Root as HtmlRoot } from 'hast';
import type { Definition, Image, Link, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { type Handlers, type State, toHast } from 'mdast-util-to-hast';
import { SKIP, visit } from 'unist-util-visit';
import { markAlerts } from './alerts';
import { parseMarkdown } from './markdown/parse';
import type { CellPlace, Report } from './problems';

/** `[words][name]` and `![words][name]` become plain links and images. */
function resolveReferences(tree: Root): void {
  const definitions = new Map<string, Definition>();
  visit(tree, 'definition', (node) => {
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  visit(tree, (node: Nodes, index: number | undefined, parent: Parents | undefined) => {
    if (index === undefined || parent === undefined) return;
    if (node.type === 'definition') {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return;
    const definition = definitions.get(node.identifier);
    if (definition === undefined) return;
    const { url, title } = definition;
    const resolved: Link | Image =
      node.type === 'linkReference'
        ? { type: 'link', url, title: title ?? null, children: node.children as PhrasingContent[] }
        : { type: 'image', url, title: title ?? null, alt: node.alt ?? null };
    (parent.children as Nodes[])[index] = resolved;
    return [SKIP, index];
  });
}

/** Notes of different cells may bear the same name. */
function renameNotes(tree: Root, prefix: string): void {
  visit(tree, (node) => {
    if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition') {
      node.identifier = `${prefix}-${node.identifier}`;
    }
  });
}

/**
 * Notebooks write `$$…$$` inside a line and open it with words on the line of
 * the dollars; `remark-math` takes the first for inline and, in the second,
 * reads on to the end of the cell. Both are display formulas in Jupyter.
 */
function mendFormulas(tree: Root, source: string): void {
  visit(tree, (node: Nodes, index: number | undefined, parent: Parents | undefined) => {
    const from = node.position?.start.offset;
    if (index === undefined || parent === undefined || from === undefined) return;
    if (node.type === 'inlineMath' && source.startsWith('$$', from)) {
      node.data = { ...node.data, hProperties: { className: ['language-math', 'math-display'] } };
      return;
    }
    if (node.type !== 'math' || (node.meta ?? '') === '') return;
    const text = source.slice(from, node.position?.end.offset);
    const end = text.indexOf('$$', 2);
    const value = text.slice(2, end < 0 ? undefined : end).trim();
    const rest = end < 0 ? [] : markdownTree(text.slice(end + 2)).children;
    (parent.children as Nodes[]).splice(index, 1, displayMath(value), ...rest);
    return [SKIP, index + 1 + rest.length];
  });
}

const displayMath = (value: string): Extract<RootContent, { type: 'math' }> => ({
  type: 'math',
  value,
  data: {
    hName: 'pre',
    hChildren: [
      {
        type: 'element',
        tagName: 'code',
        properties: { className: ['language-math', 'math-display'] },
        children: [{ type: 'text', value }],
      },
    ],
  },
});

function markdownTree(source: string): Root {
  const tree = parseMarkdown(source);
  mendFormulas(tree, source);
  return tree;
}

function checkImages(tree: Root, report: Report): void {
  visit(tree, 'image', (node) => {
    if ((node.alt ?? '').trim() !== '') return;
    report(
      'alt-text',
      `the picture ${node.url.slice(0, 80)} has no alternative text`,
      'say between the square brackets of ![…] what it shows',
    );
  });
}

/**
 * The blocks of one Markdown text, ready to stand in a chapter with others.
 *
 * @param prefix tells this text's notes from those of others.
 */
export function markdownBlocks(source: string, prefix: string, report: Report): RootContent[] {
  const tree = markdownTree(source);
  resolveReferences(tree);
  renameNotes(tree, prefix);
  checkImages(tree, report);
  markAlerts(tree);
  return tree.children;
}

/** Ids that notes get; the sanitiser leaves these alone. */
export const NOTE_PREFIX = 'note-';

/** A cell among the blocks: Markdown that is still to be converted, or finished HTML. */
export type Block =
  | { readonly kind: 'markdown'; readonly cell: CellPlace; readonly blocks: RootContent[] }
  | { readonly kind: 'html'; readonly cell: CellPlace; readonly content: ElementContent };

/** How the two kinds of node that Markdown does not know become HTML. */
const cellHandlers = {
  finished: (_state: State, node: { content: ElementContent }): ElementContent => node.content,
  cell: (state: State, node: { place: CellPlace; children: Nodes[] }): Element => ({
    type: 'element',
    tagName: 'section',
    properties: {},
    data: { cell: node.place } as ElementData,
    children: state.all(node as unknown as Parents),
  }),
};

/**
 * One HTML tree for all blocks, each under a `section` that names its cell;
 * the notes of the whole chapter stand at its end. Raw HTML is still in it.
 */
export function blocksToHast(blocks: readonly Block[]): HtmlRoot {
  const children = blocks.map((block) => ({
    type: 'cell',
    place: block.cell,
    children: block.kind === 'markdown' ? block.blocks : [{ type: 'finished', content: block.content }],
  }));
  const tree = toHast({ type: 'root', children } as unknown as Root, {
    allowDangerousHtml: true,
    clobberPrefix: NOTE_PREFIX,
    footnoteLabel: 'Notes',
    footnoteLabelProperties: { className: [] },
    footnoteBackLabel: (index, again) =>
      `Back to note ${index + 1}${again > 1 ? `, place ${again}` : ''} in the text`,
    handlers: cellHandlers as Handlers,
  });
  return tree as HtmlRoot;
}
