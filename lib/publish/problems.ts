/**
 * What can be wrong with a book, collected while it is printed.
 *
 * A reader meets a dead link or a figure without words only long after the
 * author has forgotten the page, so each of these fails the print. All of them
 * are gathered first: one run shows everything there is to mend.
 */
import { InkwellError } from '../core/errors';

export type ProblemKind =
  | 'alt-text'
  | 'citation'
  | 'dead-link'
  | 'duplicate-anchor'
  | 'failed-cell'
  | 'maths'
  | 'missing-file'
  | 'remote-resource'
  | 'static-picture';

/** A cell as an author finds it: its place (from 1) and its id. */
export interface CellPlace {
  readonly index: number;
  readonly id: string;
}

/** One thing to mend. */
export interface Problem {
  readonly kind: ProblemKind;
  /** The notebook's file name. */
  readonly notebook: string;
  /** Absent where the problem belongs to no single cell. */
  readonly cell?: CellPlace;
  /** What is wrong, naming the formula, link or picture. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Takes a problem found in one cell. */
export type Report = (kind: ProblemKind, what: string, fix: string) => void;

/** A `Report` that adds to a list. */
export function collectIn(problems: Problem[], notebook: string, cell: CellPlace | undefined): Report {
  return (kind, what, fix) => {
    problems.push(cell === undefined ? { kind, notebook, what, fix } : { kind, notebook, cell, what, fix });
  };
}

/** `06-two-layers.ipynb, cell 4 (a1b2): what is wrong; what to do`. */
export function formatProblem(problem: Problem): string {
  const { notebook, cell, what, fix } = problem;
  const place = cell === undefined ? notebook : `${notebook}, cell ${cell.index} (${cell.id})`;
  return `${place}: ${what}; ${fix}`;
}

/** Thrown, with everything that was found, instead of printing a book with mistakes in it. */
export class BookProblemsError extends InkwellError {
  override readonly name: string = 'BookProblemsError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const list = problems.map((problem) => `- ${formatProblem(problem)}`).join('\n');
    super('BOOK_PROBLEMS', `the book has ${count}:\n${list}`, {
      hint: 'Mend them and print again; nothing was written, the last good book still stands.',
    });
    this.problems = problems;
  }
}
