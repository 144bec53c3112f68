/**
 * Progress, as plain data. Whatever takes long (a download, an engine build,
 * a notebook) accepts a `ProgressListener`; who listens decides how it looks.
 */

/** One report. `done` and `total` count in `unit`; `total` is absent while it is unknown. */
export interface Progress {
  /** What is under way, e.g. `train-images-idx3-ubyte` or `chapter 06`. */
  readonly label: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'cells' | 'steps';
}

export type ProgressListener = (progress: Progress) => void;
