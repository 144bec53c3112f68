/**
 * The words that go with every picture: its alternative text and its caption.
 */
import type { OptionKinds } from '../core/argument';
import { aString, type Kind } from '../core/argument-kinds';

/** The words of a figure. */
export interface CaptionOptions {
  /** Stands below the figure. */
  readonly caption?: string;
  /** Name of the data set, shown after the caption. */
  readonly dataset?: string;
}

export const captionKinds: OptionKinds<CaptionOptions> = { caption: aString, dataset: aString };

/** The alternative text of a picture. */
export const anAlt: Kind = {
  wanted: 'words that say what the picture shows, for those who cannot see it',
  holds: (value) => typeof value === 'string' && value.trim() !== '',
};

/** Caption and data-set name as one line; undefined where there is neither. */
export function captionOf({ caption, dataset }: CaptionOptions): string | undefined {
  const source = dataset === undefined ? undefined : `Data: ${dataset}.`;
  return [caption, source].filter(Boolean).join(' ') || undefined;
}
