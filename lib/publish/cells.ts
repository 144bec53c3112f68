/**
 * One cell of a notebook as one block of a chapter, following the tags that
 * notebook tools share (nbconvert's and Jupyter Book's, in both spellings) and
 * our own `solution`.
 */
import type { Element, ElementContent } from 'hast';
import { type Cell, type CodeCell, type RawCell, tagsOf } from '../notebook/format';
import { withoutMarkers } from '../notebook/regions';
import { codeBlock, folded, h } from './elements';
import type { Media } from './media';
import { outputsToHast } from './outputs';
import type { CellPlace, Report } from './problems';
import { type Block, markdownBlocks } from './prose';
import { prefixIds, safeHtml } from './sanitize';

export interface CellContext {
  readonly cell: CellPlace;
  /** The notebook's language, such as `typescript`. */
  readonly language: string;
  readonly media: Media;
  readonly report: Report;
}

/** The cell's tags with `_` as `-`, and Jupyter's own way of hiding the source. */
export function printTags(cell: Cell): ReadonlySet<string> {
  const tags = new Set(tagsOf(cell).map((tag) => tag.toLowerCase().replaceAll('_', '-')));
  const jupyter = cell.metadata['jupyter'];
  if (typeof jupyter === 'object' && jupyter !== null && !Array.isArray(jupyter)) {
    const hidden = jupyter as { source_hidden?: unknown; outputs_hidden?: unknown };
    if (hidden.source_hidden === true) tags.add('hide-input');
    if (hidden.outputs_hidden === true) tags.add('hide-output');
  }
  return tags;
}

function inputOf(cell: CodeCell, tags: ReadonlySet<string>, language: string): Element | undefined {
  if (tags.has('remove-input') || cell.source.trim() === '') return undefined;
  const code = h('div', { className: ['input'] }, codeBlock(withoutMarkers(cell.source).trimEnd(), language));
  return tags.has('hide-input') ? folded('Code', 'code', code) : code;
}

function outputOf(cell: CodeCell, tags: ReadonlySet<string>, context: CellContext): Element | undefined {
  if (tags.has('remove-output')) return undefined;
  const outputs = outputsToHast(cell.outputs, { ...context, expectsError: tags.has('raises-exception') });
  if (outputs.length === 0) return undefined;
  const all = h('div', { className: ['outputs'] }, ...outputs);
  return tags.has('hide-output') ? folded('Output', 'output', all) : all;
}

function code(cell: CodeCell, tags: ReadonlySet<string>, context: CellContext): Element | undefined {
  const [input, output] = [inputOf(cell, tags, context.language), outputOf(cell, tags, context)];
  // Folded code is how a figure was drawn: a footnote to it, not its heading.
  const parts = tags.has('hide-input') ? [output, input] : [input, output];
  const present = parts.filter((part): part is Element => part !== undefined);
  return present.length === 0 ? undefined : h('div', { className: ['code-cell'] }, ...present);
}

function raw(cell: RawCell, { cell: place, report }: CellContext): Block | undefined {
  const format = cell.metadata['format'] ?? cell.metadata['raw_mimetype'];
  if (format === 'text/markdown') {
    return { kind: 'markdown', cell: place, blocks: markdownBlocks(cell.source, place.id, report) };
  }
  // Raw cells in other formats are meant for other writers.
  if (format !== 'text/html') return undefined;
  const tree = safeHtml(cell.source);
  prefixIds(tree, `raw-${place.id}-`);
  return { kind: 'html', cell: place, content: h('div', {}, ...(tree.children as ElementContent[])) };
}

/** The block for a cell; undefined for one that the book leaves out. */
export function cellBlock(cell: Cell, context: CellContext): Block | undefined {
  const { cell: place, report } = context;
  const tags = printTags(cell);
  if (tags.has('remove-cell')) return undefined;
  if (cell.cell_type === 'raw') return raw(cell, context);
  if (cell.cell_type === 'markdown') {
    if (cell.source.trim() === '') return undefined;
    return { kind: 'markdown', cell: place, blocks: markdownBlocks(cell.source, place.id, report) };
  }
  const content = code(cell, tags, context);
  return content === undefined ? undefined : { kind: 'html', cell: place, content };
}

/** How a whole cell is folded away, if it is. */
export function foldOf(cell: Cell): { readonly summary: string; readonly kind: string } | undefined {
  const tags = printTags(cell);
  if (tags.has('solution')) return { summary: 'Solution', kind: 'solution' };
  return tags.has('hide-cell') ? { summary: 'Details', kind: 'cell' } : undefined;
}
