/**
 * Writes `.ipynb` files as Jupyter itself does (sorted keys, one space of
 * indentation, multi-line strings as lists of lines), so that a notebook
 * saved by either gives no noise in a diff. A write is whole or not at all.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError } from '../core/errors';
import { writeWhole } from '../core/write-whole';
import type { Json, MimeBundle, Notebook } from './format';
import { notebookProblems } from './validate';

/** A text as Jupyter stores it: lines that keep their line ends. */
function lines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

const isMultiline = (mimeType: string): boolean =>
  mimeType.startsWith('text/') || mimeType === 'image/svg+xml' || mimeType === 'application/javascript';

function splitBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([mimeType, content]) => [
      mimeType,
      typeof content === 'string' && isMultiline(mimeType) ? lines(content) : content,
    ]),
  );
}

/** The notebook with its texts split into lines, as it stands in a file. */
function onDisk(notebook: Notebook): unknown {
  const cells = notebook.cells.map((cell) => {
    const plain: Record<string, unknown> = { ...cell, source: lines(cell.source) };
    if (cell.cell_type === 'code') {
      plain['outputs'] = cell.outputs.map((output) => {
        if (output.output_type === 'stream') return { ...output, text: lines(output.text) };
        return 'data' in output ? { ...output, data: splitBundle(output.data) } : output;
      });
    } else if (cell.attachments !== undefined) {
      plain['attachments'] = Object.fromEntries(
        Object.entries(cell.attachments).map(([name, bundle]) => [name, splitBundle(bundle)]),
      );
    }
    return plain;
  });
  return { ...notebook, cells };
}

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value as { [key: string]: Json }).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;

/** The text of a notebook's file; the same notebook gives the same bytes. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(onDisk(notebook), sorted, 1)}\n`;
}

/**
 * Writes a notebook, making its folder where needed; the old file stands until the new one is whole.
 *
 * @throws InkwellError `NOTEBOOK_INVALID` before anything is written, where the notebook is not valid.
 */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  const problems = notebookProblems(notebook);
  if (problems.length > 0) {
    throw new InkwellError('NOTEBOOK_INVALID', `will not write ${file}:\n- ${problems.join('\n- ')}`);
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeWhole(file, formatNotebook(notebook));
}
