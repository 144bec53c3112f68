/**
 * The teaching edition of a notebook: what students get (no solutions, no
 * answers, no outputs), and what their teacher keeps to check it.
 */
import type { Cell, Notebook } from '../notebook/format';
import { withoutAnswers } from './answers';
import { type Exercise, exercisesOf } from './exercises';

/** What checks a student's notebook, as it is stored beside it. */
export interface CheckFile {
  readonly format: 'inkwell-checks';
  readonly version: 1;
  /** The notebook's file name. */
  readonly notebook: string;
  readonly exercises: readonly Exercise[];
}

export interface StudentEdition {
  readonly notebook: Notebook;
  readonly checks: CheckFile;
}

function studentCell(cell: Cell, stub: string | undefined, prose: string | undefined): Cell {
  const metadata = { ...cell.metadata };
  if (stub !== undefined) {
    const tags = (metadata.tags ?? []).filter((tag) => tag !== 'solution');
    metadata.tags = [...tags, 'exercise'];
  }
  const common = { id: cell.id, metadata, source: stub ?? prose ?? cell.source };
  if (cell.cell_type === 'code') return { ...common, cell_type: 'code', execution_count: null, outputs: [] };
  const { attachments } = cell;
  return { ...common, cell_type: cell.cell_type, ...(attachments && { attachments }) };
}

/**
 * The edition for students of an author's notebook, which is not changed.
 *
 * @param name the notebook's file name.
 * @throws InkwellError as `exercisesOf`.
 */
export function studentEdition(notebook: Notebook, name: string): StudentEdition {
  const exercises = exercisesOf(notebook);
  const stubs = new Map(exercises.flatMap(({ cells }) => cells.map(({ id, stub }) => [id, stub] as const)));
  const prose = withoutAnswers(notebook.cells);
  const cells = notebook.cells.map((cell) => studentCell(cell, stubs.get(cell.id), prose.get(cell.id)));
  const inkwell = { ...notebook.metadata.inkwell, edition: 'student' };
  return {
    notebook: { ...notebook, cells, metadata: { ...notebook.metadata, inkwell } },
    checks: { format: 'inkwell-checks', version: 1, notebook: name, exercises },
  };
}
