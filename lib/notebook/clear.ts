/** A notebook without what running it left behind. */
import type { Notebook } from './format';

/** A copy without outputs and counts; text, code and metadata stay as they are. */
export function clearOutputs(notebook: Notebook): Notebook {
  const copy = structuredClone(notebook);
  for (const cell of copy.cells) {
    if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  }
  return copy;
}
