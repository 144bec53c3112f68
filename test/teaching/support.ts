/** Small notebooks with exercises, and ways to answer them. */
import type { Cell, Notebook } from 'inkwell/notebook/format';

export const code = (id: string, source: string, tags: string[] = []): Cell => ({
  cell_type: 'code',
  id,
  metadata: tags.length === 0 ? {} : { tags },
  source,
  execution_count: 7,
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'old' }],
});

export const prose = (id: string, source: string, tags: string[] = []): Cell => ({
  cell_type: 'markdown',
  id,
  metadata: tags.length === 0 ? {} : { tags },
  source,
});

export const notebookOf = (...cells: Cell[]): Notebook => ({
  cells,
  metadata: { kernelspec: { name: 'inkwell', display_name: 'TypeScript', language: 'typescript' } },
  nbformat: 4,
  nbformat_minor: 5,
});

/** The notebook with other sources in some cells; undefined takes the cell out. */
export function answered(
  notebook: Notebook,
  answers: { readonly [id: string]: string | undefined },
): Notebook {
  const cells = notebook.cells.flatMap((cell): Cell[] => {
    if (!(cell.id in answers)) return [cell];
    const source = answers[cell.id];
    return source === undefined ? [] : [{ ...cell, source }];
  });
  return { ...notebook, cells };
}

/** An author's notebook with every kind of exercise. */
export const AUTHOR: Notebook = notebookOf(
  prose('intro', '# Sums\n\n## Exercises\n\n**1. Double.** Write `double(n)`.'),
  code('setup', "import { claim } from 'inkwell/core/claim';\nconst start = 20;"),
  prose('task-1', '**1. Double.** Write `double(n)`.'),
  code(
    'one',
    `/** Twice a number. */
const double = (n: number): number => 2 * n;
console.log(double(start));
claim('twice 20 is 40', double(start) === 40);
claim('twice nothing is nothing', double(0) === 0 && double(-1) < 0);`,
    ['solution'],
  ),
  prose('task-2', '**2. Total.** Put the sum of 1 to 4 into `total`, and say why.'),
  code(
    'two',
    `const total = [1, 2, 3, 4].reduce((a, b) => a + b); // = 10
claim(\`total \${total}\`, total === 10);`,
    ['solution'],
  ),
  prose('two-words', 'Because addition is addition.', ['solution']),
  prose('task-3', '**3. Inside.** Finish `clamp`.'),
  code(
    'three',
    `function clamp(value: number): number {
  // BEGIN SOLUTION
  return Math.max(0, Math.min(1, value));
  // END SOLUTION
}
// BEGIN HIDDEN TESTS
const tried = [-1, 0.5, 2].map(clamp);
claim('clamped', tried.every((value, i) => value === [0, 0.5, 1][i]));
// END HIDDEN TESTS`,
  ),
  prose('task-4', '**4. Draw.** Draw something.'),
  code('four', "console.log('a drawing');", ['solution']),
  prose(
    'end',
    '## Questionnaire\n\n<details><summary>What is 2 + 2?</summary>\n\n4.\n\n</details>\n\n## More\n\n<details><summary>An aside</summary>\n\nStays.\n\n</details>\n\n<details><summary>Solution</summary>\n\nGoes.\n\n</details>',
  ),
);
