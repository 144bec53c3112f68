/** One form of an output (HTML, a picture, Markdown, TeX, JSON, text) as a tree, made safe and described. */
import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { Json } from '../../notebook/format';
import { codeBlock, formula, h } from '../elements';
import { BITMAPS, pngSize } from '../media';
import { asObject, type PrintableType, textIn } from '../mime';
import { TooDeep, tooDeep } from '../nesting';
import { describePictures, placePictures } from '../pictures';
import type { Report } from '../problems';
import { type Block, blocksToHast, markdownBlocks } from '../prose';
import { prefixIds, safeHtml, safeTree } from '../sanitize';
import type { OutputContext, RichOutput } from './context';
import { cutText, insteadOf, MOST_MARKUP, MOST_PICTURE } from './cut';
import { textBlock } from './text';

const wordsIn = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** What an object's default text says about a picture: nothing. */
const REPR = /^<.*>$|^\[object|^Figure\(/s;

/** The words for a picture: metadata first, then the plain text beside it if it was written for people. */
function altOf(output: RichOutput, type: string): string | undefined {
  const { data, metadata } = output;
  const plain = wordsIn(data['text/plain']);
  return (
    wordsIn(asObject(metadata[type])?.['alt']) ??
    wordsIn(metadata['alt']) ??
    wordsIn(asObject(metadata['inkwell'])?.['alt']) ??
    (plain === undefined || REPR.test(plain) ? undefined : plain)
  );
}

function bitmap(output: RichOutput, type: PrintableType, { media, report }: OutputContext): Root {
  const bytes = Buffer.from(textIn(output.data, type), 'base64');
  const size = asObject(output.metadata[type]);
  const given =
    typeof size?.['width'] === 'number' ? { width: size['width'], height: size['height'] } : pngSize(bytes);
  const image = h('img', { src: media.add(bytes, type), ...(given as { width?: number } | undefined) });
  const tree: Root = { type: 'root', children: [image] };
  describePictures(tree, altOf(output, type), report);
  return tree;
}

function noLocalLinks(tree: Root, report: Report): void {
  visit(tree, 'element', ({ properties, tagName }) => {
    const { href } = properties;
    if (tagName !== 'a' || typeof href !== 'string' || /^(?:[a-z]+:|#)/i.test(href)) return;
    report('dead-link', `an output links to ${href}`, 'outputs cannot link to files: link from the prose');
    delete properties['href'];
  });
}

function markup(output: RichOutput, type: PrintableType, id: string, context: OutputContext): Root {
  const tree = safeHtml(textIn(output.data, type));
  placePictures(tree, () => undefined, context.report);
  describePictures(tree, altOf(output, type), context.report);
  noLocalLinks(tree, context.report);
  prefixIds(tree, `${id}-`);
  return tree;
}

function markdown(source: string, id: string, { cell, report }: OutputContext): Root {
  const block: Block = { kind: 'markdown', cell, blocks: markdownBlocks(source, id, report) };
  const tree = safeTree(blocksToHast([block]));
  placePictures(tree, () => undefined, report);
  describePictures(tree, undefined, report);
  prefixIds(tree, `${id}-`);
  return tree;
}

/** `$$…$$`, `$…$` and bare environments; anything else is shown as it is. */
function latex(source: string): Element {
  const text = source.trim();
  const [, display] = /^(?:\$\$|\\\[)([\s\S]*)(?:\$\$|\\\])$/.exec(text) ?? [];
  if (display !== undefined) return formula(display.trim(), 'display');
  const [, inline] = /^(?:\$|\\\()([\s\S]*?)(?:\$|\\\))$/.exec(text) ?? [];
  return inline === undefined ? formula(text, 'display') : h('p', {}, formula(inline, 'inline'));
}

/** Pictures that say nothing of a dark theme were drawn for white paper and keep it. */
function onPaper(nodes: ElementContent[], source: string): ElementContent[] {
  const isThemed = /currentcolor|light-dark\(|var\(--/i.test(source);
  const isPicture = nodes.some(
    (node) => node.type === 'element' && (node.tagName === 'img' || node.tagName === 'svg' || holdsSvg(node)),
  );
  return isPicture && !isThemed ? [h('div', { className: ['on-paper'] }, ...nodes)] : nodes;
}

const holdsSvg = (node: Element): boolean =>
  node.children.some((child) => child.type === 'element' && (child.tagName === 'svg' || holdsSvg(child)));

/** What stands in the place of markup that no page can take. */
function tooLarge(
  { data }: RichOutput,
  type: PrintableType,
  length: number,
  { cell }: OutputContext,
): ElementContent[] {
  const plain = wordsIn(data['text/plain']);
  const note = textBlock(insteadOf(type, length, cell), 'result', cell);
  return plain === undefined ? [note] : [textBlock(plain, 'result', cell), note];
}

/** Throws `TooDeep` for markup that nests too deeply. */
function refuseDeep(text: string): void {
  const what = tooDeep(text);
  if (what !== undefined) throw new TooDeep(what);
}

/**
 * The output in this form.
 *
 * @param id prefix of the ids in it, unique in the chapter.
 */
export function content(
  output: RichOutput,
  type: PrintableType,
  id: string,
  context: OutputContext,
): ElementContent[] {
  const { data } = output;
  const isMarkup = ['text/html', 'image/svg+xml', 'text/markdown', 'text/latex'].includes(type);
  const isBitmap = BITMAPS.some((bitmapType) => bitmapType === type);
  const length = isMarkup || isBitmap ? textIn(data, type).length : 0;
  if (length > (isBitmap ? MOST_PICTURE : MOST_MARKUP)) return tooLarge(output, type, length, context);
  if (isMarkup) refuseDeep(textIn(data, type));
  if (type === 'text/html' || type === 'image/svg+xml') {
    const tree = markup(output, type, id, context);
    return onPaper(tree.children as ElementContent[], textIn(data, type));
  }
  if (isBitmap) {
    return onPaper(bitmap(output, type, context).children as ElementContent[], '');
  }
  if (type === 'text/markdown') return markdown(textIn(data, type), id, context).children as ElementContent[];
  if (type === 'text/latex') return [latex(textIn(data, type))];
  if (type === 'application/json')
    return [codeBlock(cutText(JSON.stringify(data[type], null, 2), context.cell), 'json')];
  return [textBlock(textIn(data, 'text/plain'), 'result', context.cell)];
}
