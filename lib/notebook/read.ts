/**
 * Reads `.ipynb` files: parses, brings older minors of format 4 up to 4.5
 * (they have no cell ids), validates, and joins multi-line strings.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { codeOf, InkwellError, messageOf } from '../core/errors';
import { parseJson } from '../core/json-file';
import type { Notebook } from './format';
import { notebookProblems } from './validate';

type Plain = { [key: string]: unknown };

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const joined = (value: unknown): unknown => (Array.isArray(value) ? value.join('') : value);

/** Gives a cell of an older format the id that 4.5 asks for: decided by its place and source. */
function withId(cell: unknown, index: number): unknown {
  if (!isPlain(cell) || cell['id'] !== undefined) return cell;
  const digest = createHash('sha256')
    .update(`${index}\n${String(joined(cell['source']))}`)
    .digest('hex');
  return { id: digest.slice(0, 8), ...cell };
}

function upgraded(value: unknown): unknown {
  if (!isPlain(value) || value['nbformat'] !== 4 || !Array.isArray(value['cells'])) return value;
  if (typeof value['nbformat_minor'] === 'number' && value['nbformat_minor'] >= 5) return value;
  return { ...value, nbformat_minor: 5, cells: value['cells'].map(withId) };
}

const isJsonType = (mimeType: string): boolean => /^application\/(.*\+)?json$/.test(mimeType);

function joinBundle(bundle: unknown): void {
  if (!isPlain(bundle)) return;
  for (const [mimeType, content] of Object.entries(bundle)) {
    if (!isJsonType(mimeType)) bundle[mimeType] = joined(content);
  }
}

/** Joins, in place, every multi-line string of a valid notebook. */
function joinLines(notebook: Plain): void {
  for (const cell of notebook['cells'] as Plain[]) {
    cell['source'] = joined(cell['source']);
    for (const output of (cell['outputs'] ?? []) as Plain[]) {
      if ('text' in output) output['text'] = joined(output['text']);
      joinBundle(output['data']);
    }
    for (const bundle of Object.values((cell['attachments'] ?? {}) as Plain)) joinBundle(bundle);
  }
}

/**
 * The notebook in a text.
 *
 * @param text the content of an `.ipynb` file.
 * @param name what to call it in errors, usually its path.
 * @throws InkwellError `NOTEBOOK_JSON` (not JSON), `NOTEBOOK_VERSION` (not format 4),
 *   `NOTEBOOK_INVALID` (lists every problem with its cell).
 */
export function parseNotebook(text: string, name: string): Notebook {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new InkwellError('NOTEBOOK_JSON', `${name} is not JSON: ${messageOf(error)}`, {
      hint: /^(<{7}|>{7}|={7})/m.test(text)
        ? 'It holds the markers of a merge conflict; resolve the conflict first.'
        : 'Restore the file from your version control, or open and save it in Jupyter.',
      cause: error,
    });
  }
  const major = isPlain(value) ? value['nbformat'] : undefined;
  if (typeof major === 'number' && major !== 4) {
    throw new InkwellError('NOTEBOOK_VERSION', `${name} is of notebook format ${major}, expected 4`, {
      hint: 'Open it in Jupyter and save it: that brings it to format 4.5.',
    });
  }
  const current = upgraded(value);
  const problems = notebookProblems(current);
  if (problems.length > 0) {
    throw new InkwellError(
      'NOTEBOOK_INVALID',
      `${name} is not a valid notebook:\n- ${problems.join('\n- ')}`,
    );
  }
  joinLines(current as Plain);
  return current as unknown as Notebook;
}

/**
 * The notebook in a file.
 *
 * @throws InkwellError `NOTEBOOK_MISSING` where there is no such file, and all that `parseNotebook` throws.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new InkwellError('NOTEBOOK_MISSING', `there is no notebook ${path}`, { cause: error });
  }
  return parseNotebook(text, path);
}
