/**
 * What cells left behind, as trees: of each output the richest form that a
 * book can show, made safe, with words for its pictures.
 */
import type { Element, ElementContent, ElementData, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import type { ErrorOutput, Json, MimeBundle, Output, StreamOutput } from '../notebook/format';
import { ansiToHast, stripAnsi } from './ansi';
import { codeBlock, formula, h } from './elements';
import { BITMAPS, type Media, pngSize } from './media';
import { asObject, type PrintableType, richestStaticType, richestType, textIn } from './mime';
import { describePictures, placePictures } from './pictures';
import type { CellPlace, Report } from './problems';
import { type Block, blocksToHast, markdownBlocks } from './prose';
import { prefixIds, safeHtml, safeTree } from './sanitize';
import { joinStreams, settledText } from './streams';
import { briefTrace } from './trace';

export interface OutputContext {
  readonly cell: CellPlace;
  readonly media: Media;
  readonly report: Report;
  /** The cell is tagged `raises-exception`: its error belongs to the lesson. */
  readonly expectsError: boolean;
}

type RichOutput = Exclude<Output, StreamOutput | ErrorOutput>;

/** From this many lines on, an output scrolls in a window of its own. */
const LONG_LINES = 32;

function textBlock(text: string, kind: string): Element {
  const content = settledText(text).replace(/\n+$/, '');
  const isLong = content.split('\n').length > LONG_LINES;
  const scroll = isLong ? { tabIndex: 0, role: 'region', ariaLabel: 'Long output' } : {};
  const className = ['text', `text-${kind}`, ...(isLong ? ['text-long'] : [])];
  return h('pre', { className, ...scroll }, ...ansiToHast(content));
}

function errorBlock(output: ErrorOutput, context: OutputContext): Element {
  const { expectsError, report } = context;
  const name = stripAnsi(output.ename);
  if (!expectsError) {
    report(
      'failed-cell',
      `it ended with ${name}: ${stripAnsi(output.evalue).split('\n')[0]}`,
      'mend the cell, or tag it raises-exception if the error belongs to the lesson',
    );
  }
  const heading = expectsError ? `${name}, raised on purpose` : name;
  const trace =
    output.traceback.length > 0 ? briefTrace(output.traceback.join('\n')) : `${name}: ${output.evalue}`;
  return h(
    'div',
    { className: ['error', ...(expectsError ? ['error-expected'] : [])] },
    h('p', { className: ['error-name'] }, heading),
    textBlock(trace, 'trace'),
  );
}

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

function content(
  output: RichOutput,
  type: PrintableType,
  id: string,
  context: OutputContext,
): ElementContent[] {
  const { data } = output;
  if (type === 'text/html' || type === 'image/svg+xml') {
    const tree = markup(output, type, id, context);
    return onPaper(tree.children as ElementContent[], textIn(data, type));
  }
  if (BITMAPS.some((bitmapType) => bitmapType === type)) {
    return onPaper(bitmap(output, type, context).children as ElementContent[], '');
  }
  if (type === 'text/markdown') return markdown(textIn(data, type), id, context).children as ElementContent[];
  if (type === 'text/latex') return [latex(textIn(data, type))];
  if (type === 'application/json') return [codeBlock(JSON.stringify(data[type], null, 2), 'json')];
  return [textBlock(textIn(data, 'text/plain'), 'result')];
}

function showsPicture(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) => {
    if (node.type !== 'element') return false;
    return ['img', 'svg', 'table'].includes(node.tagName) || showsPicture(node.children);
  });
}

/** Takes the caption out of a still picture: it belongs to the interactive one as well. */
function takeCaption(nodes: ElementContent[]): ElementContent[] {
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'element') continue;
    if (node.tagName === 'figcaption') return nodes.splice(index, 1);
    const inside = takeCaption(node.children);
    if (inside.length > 0) return inside;
  }
  return [];
}

function plot(output: RichOutput, id: string, context: OutputContext): Element {
  const specification = asObject(output.data['application/vnd.plotly.v1+json']) ?? {};
  const type = richestStaticType(output.data);
  const fallback = type === undefined ? [] : content(output, type, id, context);
  const isPicture = type !== 'text/plain' && showsPicture(fallback);
  if (!isPicture) {
    context.report(
      'static-picture',
      'an interactive figure has no static picture for print',
      'publish image/svg+xml, image/png or text/html with an <svg> or <img> beside the Plotly figure',
    );
  }
  const caption = isPicture ? takeCaption(fallback) : [];
  const still = h('div', { className: ['plot-still'] }, ...(isPicture ? fallback : []));
  const figure = h('figure', { className: ['plot'] }, still, ...caption);
  figure.data = { ...figure.data, plot: specification } as ElementData;
  return figure;
}

function rich(output: RichOutput, id: string, context: OutputContext): Element | undefined {
  const type = richestType(output.data as MimeBundle);
  if (type === undefined) return undefined;
  const kind = type.replace(/^.*\/(?:vnd\.)?(\w+).*$/, '$1');
  const children =
    type === 'application/vnd.plotly.v1+json'
      ? [plot(output, id, context)]
      : content(output, type, id, context);
  if (
    children.every((child) => textOf(child).trim() === '' && !showsPicture([child]) && type === 'text/html')
  ) {
    return undefined;
  }
  return h('div', { className: ['output', `output-${kind}`] }, ...children);
}

/** A cell's outputs as blocks, in order; neighbouring pieces of a stream are one. */
export function outputsToHast(outputs: readonly Output[], context: OutputContext): Element[] {
  return joinStreams(outputs).flatMap((output, index) => {
    if (output.output_type === 'stream') {
      if (settledText(output.text).trim() === '') return [];
      return [
        h('div', { className: ['output', `output-${output.name}`] }, textBlock(output.text, output.name)),
      ];
    }
    if (output.output_type === 'error') {
      return [h('div', { className: ['output', 'output-error'] }, errorBlock(output, context))];
    }
    return rich(output, `out-${context.cell.id}-${index + 1}`, context) ?? [];
  });
}
