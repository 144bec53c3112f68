/**
 * The Jupyter notebook format 4.5, as types.
 *
 * One difference from the file: a multi-line string, which the format lets a
 * writer split into a list of lines, is always one string here. `read.ts` joins
 * them, `write.ts` splits them again.
 *
 * Source: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** MIME type → content: text for text types, base64 for binary ones, a value for JSON ones. */
export type MimeBundle = { [mimeType: string]: Json };

/** What every cell's metadata may say; other tools' keys are kept as they are. */
export interface CellMetadata {
  /** Such as `parameters`, `raises-exception`, `skip-execution`, `hide-input`, `solution`. */
  tags?: string[];
  /** What Inkwell itself reads. */
  inkwell?: { [key: string]: Json };
  [key: string]: Json | undefined;
}

export interface StreamOutput {
  output_type: 'stream';
  name: 'stdout' | 'stderr';
  text: string;
}

export interface DisplayDataOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: { [key: string]: Json };
}

export interface ExecuteResultOutput {
  output_type: 'execute_result';
  execution_count: number | null;
  data: MimeBundle;
  metadata: { [key: string]: Json };
}

export interface ErrorOutput {
  output_type: 'error';
  ename: string;
  evalue: string;
  traceback: string[];
}

export type Output = StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;

/** Attached files of a markdown or raw cell: name → MIME bundle. */
export type Attachments = { [name: string]: MimeBundle };

export interface CodeCell {
  cell_type: 'code';
  /** 1–64 characters of A–Z a–z 0–9 - _, unique in the notebook. */
  id: string;
  metadata: CellMetadata;
  source: string;
  execution_count: number | null;
  outputs: Output[];
}

export interface MarkdownCell {
  cell_type: 'markdown';
  id: string;
  metadata: CellMetadata;
  source: string;
  attachments?: Attachments;
}

export interface RawCell {
  cell_type: 'raw';
  id: string;
  metadata: CellMetadata;
  source: string;
  attachments?: Attachments;
}

export type Cell = CodeCell | MarkdownCell | RawCell;

export interface NotebookMetadata {
  kernelspec?: { name: string; display_name: string; language?: string };
  language_info?: { name: string; [key: string]: Json };
  /** What Inkwell reads: `description`, `minutes`, `needs`, … */
  inkwell?: { [key: string]: Json };
  [key: string]: Json | undefined;
}

export interface Notebook {
  cells: Cell[];
  metadata: NotebookMetadata;
  nbformat: 4;
  nbformat_minor: number;
}

/** The tags of a cell; none where the metadata has none. */
export function tagsOf(cell: Cell): readonly string[] {
  return cell.metadata.tags ?? [];
}

/** The notebook's code cells, in order. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
}
