/**
 * What the steps that make one chapter share: where its files lie, the anchors
 * and pictures given so far, and what was found wrong.
 */

import type { Media } from './media';
import { type CellPlace, collectIn, type Problem, type Report } from './problems';
import type { Anchors } from './slugs';

export interface Workshop {
  /** The notebook's file name. */
  readonly notebook: string;
  readonly anchors: Anchors;
  readonly media: Media;
  readonly problems: Problem[];
  /** What links and pictures in prose are relative to. */
  readonly folder: string;
  /** The folder that no link or picture may leave. */
  readonly root: string;
}

/** Takes the problems of one cell, or of the whole chapter. */
export const reporter = ({ notebook, problems }: Workshop, cell: CellPlace | undefined): Report =>
  collectIn(problems, notebook, cell);
