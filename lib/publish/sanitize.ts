/**
 * Makes HTML from notebooks safe to print.
 *
 * Outputs come from whatever ran in the cells, prose may hold raw HTML, and a
 * book is read with the trust given to a book. The HTML is parsed as a browser
 * parses it, narrowed (`guard`), filtered by our schema, written, and parsed
 * again: only what comes out the same the second time is kept, because markup
 * that changes its meaning when it is parsed twice is how filters are escaped
 * (Heiderich et al., "mXSS Attacks", CCS 2013).
 */
import type { Element, ElementContent, Nodes, Properties, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { raw } from 'hast-util-raw';
import { sanitize as filterBySchema } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import { schema } from './schema';
import { safeStyle } from './style-attribute';

/** The only data that may stand in a page as an address: bitmaps. */
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/i;
const LOCAL_REFERENCE = /^url\(\s*(["']?)#([\w-]+)\1\s*\)$/;

/** Properties that can hold `url(#id)`. */
const PAINT = [
  'fill',
  'stroke',
  'filter',
  'mask',
  'clipPath',
  'markerStart',
  'markerMid',
  'markerEnd',
] as const;

const isText = (value: unknown): value is string => typeof value === 'string';

/** Foreign content takes nothing by address but its own parts and inline bitmaps. */
function guardSvg(node: Element): void {
  const { properties } = node;
  const address = properties['href'] ?? properties['xLinkHref'];
  delete properties['href'];
  delete properties['xLinkHref'];
  if (!isText(address)) return;
  if (node.tagName === 'image' && DATA_IMAGE.test(address)) properties['href'] = address;
  else if (node.tagName !== 'image' && /^#[\w-]+$/.test(address)) properties['href'] = address;
}

function guardPaint(properties: Properties): void {
  for (const name of PAINT) {
    const value = properties[name];
    if (
      isText(value) &&
      /[\\(]/.test(value) &&
      !LOCAL_REFERENCE.test(value) &&
      safeStyle(`fill:${value}`) === undefined
    )
      delete properties[name];
  }
}

function guardElement(node: Element, foreign: boolean): void {
  const { properties } = node;
  if (isText(properties['style'])) {
    const style = safeStyle(properties['style']);
    if (style === undefined) delete properties['style'];
    else properties['style'] = style;
  }
  // Browsers run nothing in an <img>, but an SVG file of that origin is still markup from outside.
  const { src } = properties;
  if (isText(src) && /^\s*data:/i.test(src) && !DATA_IMAGE.test(src)) delete properties['src'];
  if (foreign) guardSvg(node);
  guardPaint(properties);
  // Inside SVG these hold HTML for a parser; as plain text they cannot.
  if (node.tagName === 'title' || node.tagName === 'desc' || node.tagName === 'annotation') {
    node.children = [{ type: 'text', value: textOf(node) }];
  }
}

/** What the schema cannot say because it depends on values or on the elements around. */
function isRefused(node: Element, foreign: boolean): boolean {
  if (node.tagName === 'input') return node.properties['type'] !== 'checkbox';
  return foreign && (node.tagName === 'a' || node.tagName === 'img' || node.tagName === 'input');
}

function guard(node: Nodes, foreign: boolean): void {
  if (node.type === 'element') guardElement(node, foreign);
  if (!('children' in node)) return;
  const inside = foreign || (node.type === 'element' && (node.tagName === 'svg' || node.tagName === 'math'));
  node.children = (node.children as ElementContent[]).flatMap((child) => {
    if (child.type !== 'element') return [child];
    // Inside SVG a link is only its content.
    if (isRefused(child, inside)) return inside && child.tagName === 'a' ? child.children : [];
    return [child];
  }) as Root['children'];
  for (const child of node.children) guard(child, inside);
}

function filtered(tree: Root): Root {
  guard(tree, false);
  const clean = filterBySchema(tree, schema);
  return clean.type === 'root' ? clean : { type: 'root', children: [clean as ElementContent] };
}

const ATTEMPTS = 4;

/** Filters until writing and parsing again changes nothing; else keeps the text alone. */
function settled(tree: Root): Root {
  let clean = filtered(tree);
  let html = toHtml(clean);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const again = filtered(fromHtml(html, { fragment: true }));
    const written = toHtml(again);
    if (written === html) return clean;
    clean = again;
    html = written;
  }
  return { type: 'root', children: [{ type: 'text', value: textOf(clean) }] };
}

function holdsRaw(tree: Root): boolean {
  let found = false;
  visit(tree, 'raw', () => {
    found = true;
  });
  return found;
}

/**
 * The safe part of a tree made from Markdown, whose raw HTML may stand in `raw` nodes.
 *
 * Image addresses are left as they are: the caller decides what a local or a
 * remote picture means.
 */
export function safeTree(tree: Root): Root {
  // What Markdown itself makes is well formed; only an author's own HTML needs the second parse.
  return holdsRaw(tree) ? settled(raw(tree) as Root) : filtered(tree);
}

/** The safe part of an HTML text; image addresses are left as they are. */
export function safeHtml(html: string): Root {
  return settled(fromHtml(html, { fragment: true }));
}

function renameReferences(node: Element, rename: (id: string) => string): void {
  const { properties } = node;
  for (const name of ['ariaDescribedBy', 'ariaLabelledBy', 'headers'] as const) {
    const value: unknown = properties[name];
    const ids = Array.isArray(value) ? value.map(String) : isText(value) ? value.split(/\s+/) : [];
    if (ids.length > 0) properties[name] = ids.map(rename);
  }
  for (const name of PAINT) {
    const value = properties[name];
    const id = isText(value) ? LOCAL_REFERENCE.exec(value)?.[2] : undefined;
    if (id !== undefined) properties[name] = `url(#${rename(id)})`;
  }
  const href = properties['href'];
  if (isText(href) && href.startsWith('#')) properties['href'] = `#${rename(href.slice(1))}`;
}

/**
 * Prefixes the ids of a tree, in place, and the references to them (labels,
 * links, gradients), so that ids from outside can neither collide with the
 * page's own nor shadow what scripts look up. References to ids that are not
 * in the tree stay.
 *
 * @param keep ids for which this is true stay as they are.
 */
export function prefixIds(tree: Root, prefix: string, keep: (id: string) => boolean = () => false): void {
  const own = new Set<string>();
  visit(tree, 'element', ({ properties }) => {
    if (properties['id'] !== undefined && !keep(String(properties['id']))) own.add(String(properties['id']));
  });
  if (own.size === 0) return;
  const rename = (id: string): string => (own.has(id) ? `${prefix}${id}` : id);
  visit(tree, 'element', (node) => {
    const id = node.properties['id'];
    if (id !== undefined) node.properties['id'] = rename(String(id));
    renameReferences(node, rename);
  });
}

/** True for an address that the page carries in itself. */
export function isDataImage(address: string): boolean {
  return DATA_IMAGE.test(address);
}
