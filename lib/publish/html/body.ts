/**
 * A chapter's tree as the HTML of its page: formulas set, code highlighted,
 * headings with their links, interactive figures with their data.
 */
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';
import type { Chapter, PlotData } from '../chapter';
import { h } from '../elements';
import type { Report } from '../problems';
import { jsonForScript } from './escape';
import type { Highlight } from './highlight';
import { setFormula } from './maths';

export interface BodyOptions {
  readonly highlight: Highlight;
  /** Takes problems with formulas. */
  readonly reportIn: (section: RootContent) => Report;
}

interface Setting {
  readonly highlight: Highlight;
  readonly report: Report;
}

const classes = (node: Element): readonly string[] => {
  const { className } = node.properties;
  return Array.isArray(className) ? className.map(String) : [];
};

/** HTML that a trusted tool of ours made. */
const rawHtml = (value: string): ElementContent => ({ type: 'raw', value }) as unknown as ElementContent;

function maths(tex: string, kind: 'inline' | 'display', { report }: Setting, tag = 'span'): ElementContent {
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
  const marked = rawHtml(setting.highlight(source, language));
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

/** A table may be wider than the text: it scrolls by itself, from the keyboard too. */
function table(node: Element, setting: Setting): ElementContent {
  const inner = { ...node, children: shown(node.children, setting) };
  return h('div', { className: ['table'], tabIndex: 0, role: 'group', ariaLabel: 'Table' }, inner);
}

function element(node: Element, setting: Setting): ElementContent {
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
  return { ...node, children: shown(node.children, setting) };
}

function shown(nodes: readonly ElementContent[], setting: Setting): ElementContent[] {
  return nodes.map((node) => (node.type === 'element' ? element(node, setting) : node));
}

const write = (children: readonly RootContent[]): string =>
  toHtml({ type: 'root', children: [...children] } as Root, { allowDangerousHtml: true });

/** Some inline content (a heading in the contents) as HTML. */
export function inlineHtml(nodes: readonly ElementContent[]): string {
  return write(shown(nodes, { highlight: (source) => source, report: () => {} }));
}

/** Every language that the code blocks of a chapter name. */
export function languagesIn(node: Root | ElementContent): Set<string> {
  const found = new Set<string>();
  const seek = (inner: Root | RootContent): void => {
    if (inner.type === 'element' && inner.tagName === 'code') {
      for (const name of classes(inner)) if (name.startsWith('language-')) found.add(name.slice(9));
    }
    if ('children' in inner) for (const child of inner.children) seek(child);
  };
  seek(node);
  return found;
}

/** True where the chapter has an interactive figure. */
export function hasPlots(node: Root | RootContent): boolean {
  if (node.type === 'element' && node.data?.plot !== undefined) return true;
  return 'children' in node && node.children.some((child) => hasPlots(child));
}

/** A cell of code has no heading to link to: its own anchor. */
function cellLink(section: Element): ElementContent[] {
  const { id } = section.properties;
  if (!classes(section).includes('cell-html') || typeof id !== 'string') return [];
  const label = `Link to cell ${section.data?.cell?.index ?? ''}`;
  return [h('a', { className: ['cell-anchor'], href: `#${id}`, ariaLabel: label }, '#')];
}

/** The HTML of a chapter's content. */
export function chapterHtml(chapter: Chapter, { highlight, reportIn }: BodyOptions): string {
  return chapter.tree.children
    .map((section) => {
      if (section.type !== 'element') return '';
      const setting = { highlight, report: reportIn(section) };
      return write([{ ...section, children: [...shown(section.children, setting), ...cellLink(section)] }]);
    })
    .filter((html) => html !== '')
    .join('\n');
}
