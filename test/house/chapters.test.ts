/**
 * What holds for every numbered chapter: a reader who leaves the folded cells
 * closed misses drawing, not the lesson, and the visible code stays short
 * enough to be read. Its lines, and those of solutions and of the appendix,
 * are as wide as a printed page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node, Statement } from '@babel/types';
import { projectRoot } from 'inkwell/core/paths';
import { boundNames } from 'inkwell/kernel/cells/bindings';
import { parseTypeScript } from 'inkwell/kernel/cells/parse';
import { referencedNames, walk } from 'inkwell/kernel/cells/walk';
import { type CodeCell, codeCells, type Notebook, tagsOf } from 'inkwell/notebook/format';
import { parseNotebook } from 'inkwell/notebook/read';

const FOLDER = path.join(projectRoot(), 'notebooks');
const NOTEBOOKS = readdirSync(FOLDER).filter((name) => name.endsWith('.ipynb'));
const CHAPTERS = NOTEBOOKS.filter((name) => /^\d\d-/.test(name));

const MOST_VISIBLE_LINES = 250;
const WIDEST_LINE = 72;

const read = (name: string): Notebook => parseNotebook(readFileSync(path.join(FOLDER, name), 'utf8'), name);

const isFolded = (cell: CodeCell): boolean => tagsOf(cell).includes('hide-input');
const isSolution = (cell: CodeCell): boolean => tagsOf(cell).includes('solution');

/** The names that a statement declares for the cells that follow. */
function declared(statement: Statement): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => boundNames(id as Node));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return statement.id ? [statement.id.name] : [];
    default:
      return [];
  }
}

/** Every name that a cell declares anywhere, in its functions too. */
function declaredWithin(program: Node): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator') for (const name of boundNames(node.id)) names.add(name);
    if ('params' in node && Array.isArray(node.params))
      for (const parameter of node.params) for (const name of boundNames(parameter as Node)) names.add(name);
    return true;
  });
  return names;
}

/** `cell: name` for every name that a visible cell uses and a folded one has declared. */
function hiddenNames(cells: readonly CodeCell[]): string[] {
  const hidden = new Map<string, string>();
  const used: string[] = [];
  for (const cell of cells) {
    const program = parseTypeScript(cell.source);
    if (!isFolded(cell)) {
      const own = new Set([...program.body.flatMap(declared), ...declaredWithin(program)]);
      for (const name of referencedNames(program)) {
        if (hidden.has(name) && !own.has(name))
          used.push(`${cell.id} uses ${name}, declared in the folded ${hidden.get(name)}`);
      }
    }
    for (const name of program.body.flatMap(declared)) {
      if (isFolded(cell)) hidden.set(name, cell.id);
      else hidden.delete(name);
    }
  }
  return used;
}

/** `cell: line` for every line of code that is wider than a printed page. */
const wideLines = (cells: readonly CodeCell[]): string[] =>
  cells
    .filter((cell) => !isFolded(cell))
    .flatMap(({ id, source }) => source.split('\n').map((line) => ({ id, line })))
    .filter(({ line }) => [...line].length > WIDEST_LINE)
    .map(({ id, line }) => `${id}: ${line}`);

test.each(NOTEBOOKS)('%s shows no line of more than 72 characters', (name) => {
  expect(wideLines(codeCells(read(name)))).toEqual([]);
});

describe.each(CHAPTERS)('%s', (name) => {
  const notebook = read(name);
  const cells = codeCells(notebook);

  test('shows at most 250 lines of code', () => {
    const visible = cells.filter((cell) => !isFolded(cell) && !isSolution(cell));
    const lines = visible.reduce((sum, { source }) => sum + source.split('\n').length, 0);
    expect(lines).toBeLessThanOrEqual(MOST_VISIBLE_LINES);
  });

  test('declares in folded cells nothing that visible cells use', () => {
    expect(hiddenNames(cells)).toEqual([]);
  });

  test('has its words for the glossary', () => {
    const prose = notebook.cells.flatMap(({ cell_type, source }) =>
      cell_type === 'markdown' ? [source] : [],
    );
    expect(prose.join('\n')).toMatch(/^\| word \| meaning here \|$/m);
  });
});

const cell = (id: string, source: string, tags: string[] = []): CodeCell => ({
  cell_type: 'code',
  execution_count: null,
  id,
  metadata: { tags },
  outputs: [],
  source,
});

test('a line that is too wide is found unless it is folded', () => {
  const wide = 'x'.repeat(73);
  const cells = [
    cell('a', `1\n${wide}`, ['solution']),
    cell('b', wide.slice(1)),
    cell('c', wide, ['hide-input']),
  ];
  expect(wideLines(cells)).toEqual([`a: ${wide}`]);
});

test('a name from a folded cell is found, and one that is declared anew is not', () => {
  const folded = cell('a', 'const { x, y: [z] } = f(); function g() {}', ['hide-input']);
  expect(hiddenNames([folded, cell('b', 'x + h.z')])).toEqual(['b uses x, declared in the folded a']);
  expect(hiddenNames([folded, cell('b', 'const x = 1; x + 1')])).toEqual([]);
  expect(hiddenNames([folded, cell('b', 'const z = 1'), cell('c', 'z; g()')])).toEqual([
    'c uses g, declared in the folded a',
  ]);
});
