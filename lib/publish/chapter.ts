/**
 * A chapter: one notebook as one tree.
 *
 * The tree is hast that says what things are (a formula holds its TeX, a code
 * block its source and language, an interactive figure its specification) and
 * not yet how a page shows them. Writers turn it into HTML, and later into
 * other formats; numbering, links and checks work on the tree, once for all.
 */
import path from 'node:path';
import type { Element, ElementContent, Root } from 'hast';
import type { Numbered } from './numbering';
import type { CellPlace, Problem } from './problems';
import type { Anchors } from './slugs';

/** What a Plotly figure carries in the tree: the figure as Plotly's JSON. */
export interface PlotData {
  readonly [key: string]: unknown;
}

declare module 'hast' {
  interface ElementData {
    /** On the element around a cell. */
    cell?: CellPlace;
    /** On a `figure`: the interactive version of what it shows. */
    plot?: PlotData;
  }
}

/** A heading as the contents show it. */
export interface Heading {
  /** 1–6. */
  readonly level: number;
  readonly id: string;
  readonly text: string;
  /** The same with its formulas, without links and notes. */
  readonly children: readonly ElementContent[];
}

/** A file that the book carries along: where it goes in the book, and its bytes. */
export interface MediaFile {
  /** Relative to the book, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Chapter {
  /** The notebook's path, absolute. */
  readonly source: string;
  /** The notebook's file name without `.ipynb`; the page is `${slug}.html`. */
  readonly slug: string;
  /** From the beginning of the file's name: `06` of a chapter, `A` of an appendix. */
  readonly number: string | undefined;
  /** An appendix stands after the chapters; its file's name begins with a letter and a dash. */
  readonly kind: 'chapter' | 'appendix';
  readonly title: string;
  readonly description: string | undefined;
  /** Time a reader needs. */
  readonly minutes: number | undefined;
  /** What it needs beyond the book, such as a data set. */
  readonly needs: readonly string[];
  /** What its readers will be able to do, each as inline content. */
  readonly goals: readonly (readonly ElementContent[])[];
  readonly tree: Root;
  readonly headings: readonly Heading[];
  readonly anchors: Anchors;
  /** Its captioned figures and tables, in the order of the page. */
  readonly numbered: readonly Numbered[];
  readonly media: readonly MediaFile[];
  /** Keys of the works that it cites. */
  readonly cites: readonly string[];
  readonly cellCount: number;
  /** The notebook as a reader may download it: without outputs. */
  readonly notebook: string;
  readonly problems: Problem[];
}

/** Calls `see` for every element of a tree with the cell it stands in, outer elements first. */
export function visitElements(
  node: Root | ElementContent,
  see: (element: Element, cell: CellPlace | undefined) => void,
  cell?: CellPlace,
): void {
  const here = node.type === 'element' ? (node.data?.cell ?? cell) : cell;
  if (node.type === 'element') see(node, here);
  if (!('children' in node)) return;
  for (const child of node.children) if (child.type !== 'doctype') visitElements(child, see, here);
}

/** The notebook of a chapter, relative to the book. */
export function downloadOf({ source }: Chapter): string {
  return `notebooks/${path.basename(source)}`;
}

/** The page of a chapter, relative to the book. */
export function pageOf(chapter: Chapter): string {
  return `${chapter.slug}.html`;
}
