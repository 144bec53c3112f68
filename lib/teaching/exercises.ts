/**
 * The exercises of an author's notebook: which cells hold a solution, what a
 * student finds in their place, and what checks the student's own.
 *
 * A run of neighbouring cells that are tagged `solution` or have marked regions
 * is one exercise. The claims of a solution are its hidden tests.
 */
import { InkwellError, messageOf } from '../core/errors';
import { parseTypeScript } from '../kernel/cells/parse';
import { referencedNames } from '../kernel/cells/walk';
import type { Cell, Notebook } from '../notebook/format';
import { isExercise, type Parts, partsOf } from './parts';
import { PROMPT, stubOfCode } from './stub';

/** What a student writes an answer in words in place of. */
export const ANSWER_PROMPT = '*Your answer here.*';

export interface ExerciseCell {
  readonly id: string;
  /** What the student finds in it. */
  readonly stub: string;
}

export interface Exercise {
  /** That of its first cell. */
  readonly id: string;
  /** From the prose above, such as `2. One step to the right`. */
  readonly title: string;
  readonly cells: readonly ExerciseCell[];
  /** The id of the first cell after it; null where it ends the notebook. */
  readonly before: string | null;
  /** What checks it: statements with claims. Empty where the solution claims nothing. */
  readonly tests: string;
}

/** `**2. One step to the right.** Write …` names the exercise below it. */
const TITLE = /^\*\*(.+?)\.?\*\*/gm;

/** The names in backticks in some prose: what it asks for. */
function namesInProse(markdown: string): string[] {
  return [...markdown.matchAll(/`([A-Za-z_$][\w$]*)(?:\([^`]*\))?`/g)].map((match) => match[1] ?? '');
}

/** The paragraphs that ask for the exercise: from the last bold beginning on. */
function taskIn(markdown: string): { title: string | undefined; text: string } {
  const match = [...markdown.matchAll(TITLE)].at(-1);
  return { title: match?.[1], text: markdown.slice(match?.index ?? 0) };
}

function stubOf({ pieces }: Parts, asked: ReadonlySet<string>): string {
  const texts = pieces
    .filter(({ code }) => code.trim() !== '')
    .map(({ kind, code }) => (kind === 'given' ? code : `${stubOfCode(code, asked)}\n`));
  const whole = texts
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const isGiven = pieces.every(({ kind }) => kind === 'given');
  return isGiven || whole.includes(PROMPT) ? whole : `${whole}\n\n${PROMPT}`.trim();
}

/** One exercise of these neighbouring cells, below this prose. */
function exerciseOf(cells: readonly Cell[], before: string | null, prose: string): Exercise {
  const parts = cells.filter((cell) => cell.cell_type === 'code').map(partsOf);
  const tests = parts.flatMap((part) => part.tests).join('\n\n');
  const task = taskIn(prose);
  const given = parts.flatMap(({ pieces }) => pieces.filter(({ kind }) => kind === 'given'));
  const used = [tests, ...given.map(({ code }) => code)].flatMap((code) => [
    ...referencedNames(parseTypeScript(code)),
  ]);
  const asked = new Set([...used, ...namesInProse(task.text)]);
  const stubs = new Map(parts.map((part) => [part.id, stubOf(part, asked)]));
  const [first] = cells;
  return {
    id: first?.id ?? '',
    title: task.title ?? first?.id ?? '',
    cells: cells.map(({ id }) => ({ id, stub: stubs.get(id) ?? ANSWER_PROMPT })),
    before,
    tests,
  };
}

/**
 * The exercises of an author's notebook, in order; none where it has no solutions.
 *
 * @throws InkwellError `EXERCISE_REGION` where marked regions do not fit together, `EXERCISE_SOURCE`
 *   where a solution, or what lies between markers, is not whole statements of TypeScript.
 */
export function exercisesOf({ cells }: Notebook): Exercise[] {
  const exercises: Exercise[] = [];
  let prose = '';
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    if (cell === undefined || !isExercise(cell)) {
      if (cell?.cell_type === 'markdown') prose = cell.source;
      continue;
    }
    const length = cells.slice(at).findIndex((other) => !isExercise(other));
    const end = length < 0 ? cells.length : at + length;
    exercises.push(readable(cell, () => exerciseOf(cells.slice(at, end), cells[end]?.id ?? null, prose)));
    at = end - 1;
  }
  return exercises;
}

/** With an error that names the cell, where its code cannot be read. */
function readable(cell: Cell, make: () => Exercise): Exercise {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InkwellError(
      'EXERCISE_SOURCE',
      `the solution in cell ${cell.id} cannot be read: ${messageOf(error)}`,
      {
        hint: 'A solution, and what stands between its markers, has to be whole statements.',
        cause: error,
      },
    );
  }
}
