/**
 * Parameters of a notebook, by papermill's convention: a cell tagged
 * `parameters` declares them with defaults (`let epochs = 25;`), and the values
 * given for a run are assigned in a cell put after it, tagged
 * `injected-parameters`.
 */
import { createHash } from 'node:crypto';
import { InkwellError } from '../core/errors';
import { type CodeCell, codeCells, type Json, type Notebook, tagsOf } from '../notebook/format';

export type Parameters = { readonly [name: string]: Json };

/**
 * The value in `name=value`: JSON where it reads as JSON, else text.
 *
 * @throws RangeError where there is no `=` or the name is no identifier.
 */
export function parseParameter(text: string): { name: string; value: Json } {
  const match = /^([A-Za-z_$][\w$]*)=(.*)$/s.exec(text);
  if (match === null) throw new RangeError(`a parameter is written name=value, got "${text}"`);
  const [, name = '', raw = ''] = match;
  try {
    return { name, value: JSON.parse(raw) };
  } catch {
    return { name, value: raw };
  }
}

function declared(source: string): string[] {
  return [...source.matchAll(/^\s*(?:let|var)\s+([\w$]+)/gm)].map((match) => match[1] ?? '');
}

/**
 * The notebook with the values assigned after its `parameters` cell; an earlier
 * `injected-parameters` cell is replaced. Without parameters, the notebook itself.
 *
 * @throws InkwellError `NOTEBOOK_PARAMETER` where the notebook does not declare a name.
 */
export function injectParameters(notebook: Notebook, parameters: Parameters): Notebook {
  const names = Object.keys(parameters);
  if (names.length === 0) return notebook;
  const cells = notebook.cells.filter((cell) => !tagsOf(cell).includes('injected-parameters'));
  const place = cells.findIndex((cell) => tagsOf(cell).includes('parameters'));
  const known = codeCells(notebook)
    .filter((cell) => tagsOf(cell).includes('parameters'))
    .flatMap((cell) => declared(cell.source));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new InkwellError('NOTEBOOK_PARAMETER', `the notebook has no parameter ${unknown.join(', ')}`, {
      hint:
        known.length === 0
          ? 'Declare parameters with `let` in a cell tagged `parameters`.'
          : `Its parameters: ${known.join(', ')}.`,
    });
  }
  const source = names.map((name) => `${name} = ${JSON.stringify(parameters[name])};`).join('\n');
  const injected: CodeCell = {
    cell_type: 'code',
    id: `injected-${createHash('sha256').update(source).digest('hex').slice(0, 8)}`,
    metadata: { tags: ['injected-parameters'] },
    source,
    execution_count: null,
    outputs: [],
  };
  return { ...notebook, cells: cells.toSpliced(place + 1, 0, injected) };
}
