/**
 * A data frame as a table with a caption. A frame alone is shown as a table
 * too; this is for one that needs words.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFlag, aNumber } from '../core/argument-kinds';
import { aFrame } from '../frames/argument-kinds';
import type { Frame } from '../frames/frame';
import type { FrameTableOptions } from '../frames/frame-table';
import { type CaptionOptions, captionKinds, captionOf } from './caption';
import { createView, type View } from './view';

/** How a frame's table looks, and the words that go with it. */
export interface FrameViewOptions extends FrameTableOptions, CaptionOptions {}

/**
 * The frame as a table.
 *
 * @param options see `FrameTableOptions` and `CaptionOptions`; the caption stands above the table.
 */
export function frameView<Row extends object>(frame: Frame<Row>, options: FrameViewOptions = {}): View {
  checkArguments('frameView', { frame }, { frame: aFrame });
  checkOptions('frameView', options, {
    maxRows: aNumber,
    maxColumns: aNumber,
    digits: aNumber,
    index: aFlag,
    size: aFlag,
    ...captionKinds,
  });
  const { dataset, ...rest } = options;
  const caption = captionOf(options);
  const table = { ...rest, ...(caption === undefined ? {} : { caption }) };
  return createView({ 'text/html': frame.toHtml(table), 'text/plain': frame.toString(table) });
}
