/** What making the outputs of one cell needs to know. */
import type { ErrorOutput, Output, StreamOutput } from '../../notebook/format';
import type { Media } from '../media';
import type { CellPlace, Report } from '../problems';

export interface OutputContext {
  readonly cell: CellPlace;
  readonly media: Media;
  readonly report: Report;
  /** The cell is tagged `raises-exception`: its error belongs to the lesson. */
  readonly expectsError: boolean;
}

/** An output with a MIME bundle. */
export type RichOutput = Exclude<Output, StreamOutput | ErrorOutput>;
