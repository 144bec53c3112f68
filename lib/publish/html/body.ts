/**
 * A chapter's tree as the HTML of its page: formulas set, code highlighted,
 * headings with their links, interactive figures with their data.
 */
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import type { Chapter, PlotData } from '../chapter';
import { h } from '../elements';
import type { CellPlace, Report } from '../problems';
import { withFormulaEnds } from './formula-ends';
import type { CodeBlock } from './highlight';
import { jsonForScript } from './json-for-script';
import type { Formula, SetFormula } from './maths';

export interface BodyOptions {
  /** The HTML of a code block's content. */
  readonly highlight: (block: CodeBlock) => string;
  readonly setFormula: (formula: Formula) => SetFormula;
  /** Takes problems with the formulas of a cell. */
  readonly reportIn: (cell: CellPlace | undefined) => Report;
}

/** Options, and who takes the problems of the cell at hand. */
export interface Setting extends BodyOptions {
  readonly report: Report;
}

const classes = (node: Element): readonly string[] => {
  const { className } = node.properties;
  return Array.isArray(className) ? className.map(String) : [];
};

/** HTML that a trusted tool of ours made. */
const rawHtml = (value: string): ElementContent => ({ type: 'raw', value }) as unknown as ElementContent;

function maths(
  tex: string,
  kind: 'inline' | 'display',
  { report, setFormula }: Setting,
  tag = 'span',
): ElementContent {
  const result = setFormula({ tex, kind });
  if (result.kind === 'refused') {
    const shown = kind === 'inline' ? `$${tex}$` : `$$${tex.trim()}$$`;
    report(
      'maths',
      `the formula ${shown} is refused: ${result.reason}`,
      'correct its TeX (KaTeX lists what it knows)',
    );
  }
  const className = kind === 'inline' ? ['formula'] : ['formula', 'formula-display'];
  return h(tag, { className }, rawHtml(result.html));
}

function code(pre: Element, inner: Element, setting: Setting): ElementContent {
  const language =
    classes(inner)
      .find((name) => name.startsWith('language-'))
      ?.slice('language-'.length) ?? '';
  const source = textOf(inner).replace(/\n$/, '');
  const marked = rawHtml(setting.highlight({ source, language }));
  return { ...pre, properties: { className: ['code'] }, children: [{ ...inner, children: [marked] }] };
}

function heading(node: Element, setting: Setting): ElementContent {
  const id = String(node.properties['id']);
  const link = h(
    'a',
    {
      className: ['permalink'],
      href: `#${encodeURIComponent(id)}`,
      ariaLabel: `Link to “${textOf(node).trim()}”`,
    },
    '#',
  );
  return { ...node, children: [...shown(node.children, setting), { type: 'text', value: ' ' }, link] };
}

function plot(node: Element, data: PlotData, setting: Setting): ElementContent {
  const script = rawHtml(`<script type="application/json">${jsonForScript(data)}</script>`);
  return { ...node, children: [...shown(node.children, setting), script] };
}

/** A table may be wider than the text: it scrolls by itself. Tables that bring a look of their own keep it. */
function table(node: Element, setting: Setting): ElementContent {
  const inner = { ...node, children: shown(node.children, setting) };
  // A header without words names nothing.
  visit(inner, 'element', (cell) => {
    if (cell.tagName === 'th' && textOf(cell).trim() === '') cell.tagName = 'td';
  });
  return node.properties['style'] === undefined ? h('div', { className: ['table'] }, inner) : inner;
}

/** The box of a task list, in words for those who do not see it. */
function tick(node: Element): ElementContent {
  const ariaLabel = node.properties['checked'] ? 'done' : 'to do';
  return { ...node, properties: { ...node.properties, ariaLabel } };
}

function element(node: Element, setting: Setting): ElementContent {
  if (node.data?.cell !== undefined) return cellSection(node, node.data.cell, setting);
  const { tagName } = node;
  const first = node.children[0];
  if (tagName === 'pre' && first?.type === 'element' && first.tagName === 'code') {
    const isDisplay = classes(first).includes('math-display') || classes(first).includes('language-math');
    return isDisplay ? maths(textOf(first), 'display', setting, 'div') : code(node, first, setting);
  }
  if (tagName === 'code' && classes(node).includes('math-inline'))
    return maths(textOf(node), 'inline', setting);
  if (tagName === 'code' && classes(node).includes('math-display'))
    return maths(textOf(node), 'display', setting);
  if (/^h[1-6]$/.test(tagName) && node.properties['id'] !== undefined) return heading(node, setting);
  if (node.data?.plot !== undefined) return plot(node, node.data.plot, setting);
  if (tagName === 'table') return table(node, setting);
  if (tagName === 'input' && node.properties['type'] === 'checkbox') return tick(node);
  return { ...node, children: shown(node.children, setting) };
}

/** Nodes of a tree as a page shows them. */
export function shown(nodes: readonly ElementContent[], setting: Setting): ElementContent[] {
  return withFormulaEnds(nodes, (node) => element(node, setting));
}

const write = (children: readonly RootContent[]): string =>
  toHtml({ type: 'root', children: [...children] } as Root, { allowDangerousHtml: true });

/** Some inline content (a heading in the contents) as HTML; its problems were reported where it stands first. */
export function inlineHtml(
  nodes: readonly ElementContent[],
  { setFormula }: Pick<BodyOptions, 'setFormula'>,
): string {
  const silent: Report = () => {};
  const setting: Setting = {
    setFormula,
    highlight: (block) => block.source,
    report: silent,
    reportIn: () => silent,
  };
  return write(shown(nodes, setting));
}

/** A cell of code has no heading to link to: its own anchor. */
function cellLink(section: Element): ElementContent[] {
  const { id } = section.properties;
  if (!classes(section).includes('cell-html') || typeof id !== 'string') return [];
  const label = `Link to cell ${section.data?.cell?.index ?? ''}`;
  return [h('a', { className: ['cell-anchor'], href: `#${id}`, ariaLabel: label }, '#')];
}

function cellSection(section: Element, cell: CellPlace, setting: Setting): ElementContent {
  const inCell = { ...setting, report: setting.reportIn(cell) };
  return { ...section, children: [...shown(section.children, inCell), ...cellLink(section)] };
}

/** The HTML of a chapter's content, a line for each cell. */
export function chapterHtml({ tree }: Chapter, options: BodyOptions): string {
  const setting = { ...options, report: options.reportIn(undefined) };
  return shown(tree.children as ElementContent[], setting)
    .map((node) => write([node]))
    .filter((html) => html.trim() !== '')
    .join('\n');
}
