/**
 * Builds a chapter's tree from its notebook: cells to blocks, Markdown to hast,
 * everything sanitised, pictures stored, anchors given. What a chapter says
 * about others (links, contents) is left for `links.ts` and the writers.
 */
import path from 'node:path';
import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { Cell, Json, Notebook } from '../notebook/format';
import { cellBlock, foldOf } from './cells';
import type { Chapter, Heading } from './chapter';
import { folded } from './elements';
import { anchorHeadings } from './headings';
import { createMedia, decodeAddress, type Media, readLocal } from './media';
import { describePictures, placePictures } from './pictures';
import { type CellPlace, collectIn, type Problem, type Report } from './problems';
import { type Block, blocksToHast, NOTE_PREFIX } from './prose';
import { prefixIds, safeTree } from './sanitize';
import { type Anchors, createAnchors, slugOf } from './slugs';

export interface BuildOptions {
  /** The notebook's path; links and pictures in prose are relative to its folder unless `folder` says otherwise. */
  readonly source: string;
  /** What links and pictures in prose are relative to, such as the folder of the notebook before it was executed. */
  readonly folder?: string;
  /** The folder that no link or picture may leave; default the parent of `folder`. */
  readonly root?: string;
}

/** Ids of the page around the chapter. */
export const PAGE_IDS = ['page-contents', 'page-main', 'page-menu', 'footnote-label'] as const;

/** Prefix of ids that an author wrote as HTML. */
export const AUTHOR_PREFIX = 'u-';

/** Prefix of the anchor of a cell. */
export const CELL_PREFIX = 'cell-';

interface Workshop {
  readonly notebook: string;
  readonly anchors: Anchors;
  readonly media: Media;
  readonly problems: Problem[];
  readonly folder: string;
  readonly root: string;
}

const reporter = ({ notebook, problems }: Workshop, cell: CellPlace | undefined): Report =>
  collectIn(problems, notebook, cell);

function languageOf({ metadata }: Notebook): string {
  return (metadata.kernelspec?.language ?? metadata.language_info?.name ?? 'typescript').toLowerCase();
}

/** A picture that prose refers to: attached to its cell, or a file beside the notebook. */
function findPicture(address: string, cell: Cell | undefined, shop: Workshop): Uint8Array | undefined {
  const [, name] = /^attachment:(.*)$/s.exec(address) ?? [];
  if (name === undefined) return readLocal(address, shop.folder, shop.root);
  const attachments = cell !== undefined && 'attachments' in cell ? cell.attachments : undefined;
  const bundle = attachments?.[decodeAddress(name)] ?? {};
  const data = Object.values(bundle).find((value) => typeof value === 'string');
  return typeof data === 'string' ? Buffer.from(data, 'base64') : undefined;
}

/** Files that the prose links to come along; other notebooks are pages and wait for `links.ts`. */
function carryFiles(tree: Root, { media, folder, root }: Workshop, report: Report): void {
  visit(tree, 'element', ({ tagName, properties }) => {
    const { href } = properties;
    if (tagName !== 'a' || typeof href !== 'string') return;
    if (href.startsWith('#') || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href) || /\.ipynb(?:#.*)?$/i.test(href))
      return;
    const bytes = readLocal(href, folder, root);
    if (bytes !== undefined)
      properties['href'] = media.add(bytes, path.posix.basename(href.replace(/[?#].*$/s, '')));
    else {
      report(
        'dead-link',
        `the link ${href} leads to no file`,
        'correct the path, which is relative to the notebook',
      );
      delete properties['href'];
    }
  });
}

function cleanProse(section: Element, cell: Cell | undefined, shop: Workshop): void {
  const report = reporter(shop, section.data?.cell);
  const tree = safeTree({ type: 'root', children: section.children });
  placePictures(
    tree,
    (address) => {
      const bytes = findPicture(address, cell, shop);
      const name = path.posix.basename(address.replace(/^attachment:/, ''));
      return bytes === undefined ? undefined : { bytes, address: shop.media.add(bytes, name) };
    },
    report,
  );
  describePictures(tree, undefined, report);
  carryFiles(tree, shop, report);
  section.children = tree.children as ElementContent[];
}

/** Anchors that the author wrote and those of cells: given once each, or reported. */
function claimIds(section: Element, shop: Workshop): void {
  const place = section.data?.cell;
  visit(section, 'element', (node) => {
    const id = node.properties['id'];
    if (node === section || typeof id !== 'string' || (PAGE_IDS as readonly string[]).includes(id)) return;
    if (shop.anchors.claim(id)) return;
    delete node.properties['id'];
    const shown = id.startsWith(AUTHOR_PREFIX) ? id.slice(AUTHOR_PREFIX.length) : id;
    reporter(shop, place)(
      'duplicate-anchor',
      `the anchor "${shown}" stands twice in the chapter`,
      'rename one of them',
    );
  });
}

function blocksOf(notebook: Notebook, shop: Workshop): { blocks: Block[]; cells: Map<string, Cell> } {
  const cells = new Map<string, Cell>();
  const language = languageOf(notebook);
  const blocks = notebook.cells.flatMap((cell, index) => {
    const place = { index: index + 1, id: cell.id };
    cells.set(cell.id, cell);
    return cellBlock(cell, { cell: place, language, media: shop.media, report: reporter(shop, place) }) ?? [];
  });
  return { blocks, cells };
}

function finishSections(
  tree: Root,
  blocks: readonly Block[],
  cells: Map<string, Cell>,
  shop: Workshop,
): void {
  const kinds = new Map(blocks.map((block) => [block.cell.id, block.kind]));
  const sections = tree.children.filter((node): node is Element => node.type === 'element');
  const prose = sections.filter((section) => kinds.get(section.data?.cell?.id ?? '') !== 'html');
  for (const section of prose) cleanProse(section, cells.get(section.data?.cell?.id ?? ''), shop);
  prefixIds(
    { type: 'root', children: prose },
    AUTHOR_PREFIX,
    (id) => id.startsWith(NOTE_PREFIX) || id === 'footnote-label',
  );
  for (const section of sections) {
    const place = section.data?.cell;
    if (place !== undefined) {
      section.properties = {
        id: `${CELL_PREFIX}${place.id}`,
        className: ['cell', `cell-${kinds.get(place.id)}`],
      };
      shop.anchors.claim(`${CELL_PREFIX}${place.id}`);
    }
    claimIds(section, shop);
  }
}

/** Folds cells away as their tags ask; neighbours that make up one solution fold as one. */
function foldSections(tree: Root, cells: Map<string, Cell>): void {
  const children: Root['children'] = [];
  let solution: Element | undefined;
  for (const section of tree.children) {
    const cell = section.type === 'element' ? cells.get(section.data?.cell?.id ?? '') : undefined;
    const fold = cell === undefined ? undefined : foldOf(cell);
    if (section.type === 'element' && fold?.kind === 'solution' && solution !== undefined) {
      solution.children.push(section);
      continue;
    }
    if (section.type === 'element' && fold !== undefined) {
      const details = folded(fold.summary, fold.kind, section);
      children.push(details);
      solution = fold.kind === 'solution' ? details : undefined;
    } else {
      children.push(section);
      solution = undefined;
    }
  }
  tree.children = children;
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

function titleOf(told: string | undefined, headings: readonly Heading[], slug: string): string {
  const first = headings.find((heading) => heading.level === 1);
  return told ?? first?.text ?? slug.replace(/^\d+-/, '').replaceAll('-', ' ');
}

/** The chapter in a notebook, with everything found wrong in it. */
export function buildChapter(notebook: Notebook, options: BuildOptions): Chapter {
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
  foldSections(tree, cells);
  const headings = anchorHeadings(tree, anchors);

  const about = notebook.metadata.inkwell ?? {};
  const needs = about['needs'];
  return {
    source,
    slug,
    number: /^(\d+)/.exec(slug)?.[1],
    title: titleOf(text(about['title']), headings, slug),
    description: text(about['description']),
    minutes: typeof about['minutes'] === 'number' && about['minutes'] > 0 ? about['minutes'] : undefined,
    needs: Array.isArray(needs) ? needs.map(String) : typeof needs === 'string' ? [needs] : [],
    tree,
    headings,
    anchors,
    media: shop.media.files(),
    cellCount: notebook.cells.length,
    problems: shop.problems,
  };
}
