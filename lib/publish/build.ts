/**
 * Builds a chapter's tree from its notebook: cells to blocks, Markdown to hast,
 * everything sanitised, pictures stored, anchors given. What a chapter says
 * about others (links, contents) is left for `links.ts` and the writers.
 */
import path from 'node:path';
import { clearOutputs } from '../notebook/clear';
import type { Cell, Json, Notebook } from '../notebook/format';
import { formatNotebook } from '../notebook/write';
import { type CellContext, cellBlock } from './cells';
import type { Chapter, Heading } from './chapter';
import { placeCitations } from './citations/place';
import type { Bibliography } from './citations/work';
import { goalsOf } from './goals';
import { anchorHeadings } from './headings';
import { TooLong, tooLongError } from './markdown/parse';
import { createMedia } from './media';
import { isStackExhausted, TooDeep, tooDeep, tooDeepError, withinStack } from './nesting';
import { numberCaptions } from './numbering';
import { type Block, blocksToHast } from './prose';
import { finishSections, foldSections, PAGE_IDS } from './sections';
import { createAnchors, slugOf } from './slugs';
import { reporter, type Workshop } from './workshop';

export interface BuildOptions {
  /** The notebook's path; links and pictures in prose are relative to its folder unless `folder` says otherwise. */
  readonly source: string;
  /** What links and pictures in prose are relative to, such as the folder of the notebook before it was executed. */
  readonly folder?: string;
  /** The folder that no link or picture may leave; default the parent of `folder`. */
  readonly root?: string;
  /** The works that prose may cite; default none. */
  readonly bibliography?: Bibliography;
}

function languageOf({ metadata }: Notebook): string {
  return (metadata.kernelspec?.language ?? metadata.language_info?.name ?? 'typescript').toLowerCase();
}

/** The block of a cell; an error that names the cell where it nests too deeply, whoever notices. */
function blockOf(cell: Cell, context: CellContext, { notebook }: Workshop): Block | undefined {
  const told = cell.cell_type === 'code' ? undefined : tooDeep(cell.source);
  if (told !== undefined) throw tooDeepError(notebook, context.cell, told);
  try {
    return cellBlock(cell, context);
  } catch (thrown) {
    if (thrown instanceof TooDeep) throw tooDeepError(notebook, context.cell, thrown.message);
    if (thrown instanceof TooLong) throw tooLongError(notebook, context.cell, thrown.message);
    throw isStackExhausted(thrown) ? tooDeepError(notebook, context.cell, 'its content') : thrown;
  }
}

function blocksOf(notebook: Notebook, shop: Workshop): { blocks: Block[]; cells: Map<string, Cell> } {
  const cells = new Map<string, Cell>();
  const language = languageOf(notebook);
  const blocks = notebook.cells.flatMap((cell, index) => {
    const place = { index: index + 1, id: cell.id };
    cells.set(cell.id, cell);
    return (
      blockOf(cell, { cell: place, language, media: shop.media, report: reporter(shop, place) }, shop) ?? []
    );
  });
  return { blocks, cells };
}

/** `06-two-layers.ipynb` is chapter 06, `A-typescript.ipynb` appendix A. */
function placeOf(file: string): Pick<Chapter, 'number' | 'kind'> {
  const [, number, letter] = /^(?:(\d+)|([A-Z]\d*)-)/.exec(file) ?? [];
  return { number: number ?? letter, kind: letter === undefined ? 'chapter' : 'appendix' };
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

function titleOf(told: string | undefined, headings: readonly Heading[], slug: string): string {
  const first = headings.find((heading) => heading.level === 1);
  return told ?? first?.text ?? slug.replace(/^(?:\d+|[a-z]\d*)-/, '').replaceAll('-', ' ');
}

/**
 * The chapter in a notebook, with everything found wrong in it.
 *
 * @throws InkwellError `PRINT_TOO_DEEP`, `PRINT_TOO_LONG` where it cannot be printed.
 */
export function buildChapter(notebook: Notebook, options: BuildOptions): Chapter {
  return withinStack(path.basename(options.source), () => build(notebook, options));
}

function build(notebook: Notebook, options: BuildOptions): Chapter {
  const source = path.resolve(options.source);
  const folder = path.resolve(options.folder ?? path.dirname(source));
  const root = path.resolve(options.root ?? path.dirname(folder));
  const file = path.basename(source);
  const slug = slugOf(file.replace(/\.ipynb$/i, '')) || 'chapter';
  const anchors = createAnchors();
  for (const id of PAGE_IDS) anchors.claim(id);
  const shop: Workshop = { notebook: file, anchors, media: createMedia(slug), problems: [], folder, root };

  const { blocks, cells } = blocksOf(notebook, shop);
  const tree = blocksToHast(blocks);
  tree.children = tree.children.filter((node) => node.type === 'element');
  finishSections(tree, blocks, cells, shop);
  const cites = placeCitations(tree, options.bibliography ?? new Map(), shop);
  foldSections(tree, cells);
  const headings = anchorHeadings(tree, anchors);
  const place = placeOf(file);
  const numbered = numberCaptions(tree, place.number, anchors);

  const about = notebook.metadata.inkwell ?? {};
  const needs = about['needs'];
  return {
    source,
    slug,
    ...place,
    title: titleOf(text(about['title']), headings, slug),
    description: text(about['description']),
    minutes: typeof about['minutes'] === 'number' && about['minutes'] > 0 ? about['minutes'] : undefined,
    needs: Array.isArray(needs) ? needs.map(String) : typeof needs === 'string' ? [needs] : [],
    goals: goalsOf(tree),
    tree,
    headings,
    anchors,
    numbered,
    media: shop.media.files(),
    cites,
    cellCount: notebook.cells.length,
    notebook: formatNotebook(clearOutputs(notebook)),
    problems: shop.problems,
  };
}
