/**
 * The words that go with every picture: its alternative text and its caption.
 */

/** The words of a figure. */
export interface CaptionOptions {
  /** Stands below the figure. */
  readonly caption?: string;
  /** Name of the data set, shown after the caption. */
  readonly dataset?: string;
}

/** Caption and data-set name as one line; undefined where there is neither. */
export function captionOf({ caption, dataset }: CaptionOptions): string | undefined {
  const source = dataset === undefined ? undefined : `Data: ${dataset}.`;
  return [caption, source].filter(Boolean).join(' ') || undefined;
}

/** Throws TypeError, in the caller's name, where the alternative text is missing or blank. */
export function requireAlt(caller: string, alt: unknown): void {
  if (typeof alt !== 'string' || alt.trim() === '') {
    throw new TypeError(`${caller}: alt must say what the picture shows, for those who cannot see it`);
  }
}
