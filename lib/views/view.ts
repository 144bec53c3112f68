/**
 * A view: something drawn, as a MIME bundle. Whatever draws in this folder
 * returns one; a notebook shows it, a terminal prints its text.
 */
import { type Displayable, defineDisplay, type MimeBundle } from '../frames/displayable';

/** Something drawn; `bundle` always has `text/plain`. */
export interface View extends Displayable {
  readonly bundle: MimeBundle;
}

/** A view of the bundle; `toString()` gives its `text/plain`. Throws TypeError without one. */
export function createView(bundle: MimeBundle): View {
  const text = bundle['text/plain'];
  if (typeof text !== 'string') {
    throw new TypeError(
      `createView: the bundle needs text/plain, got ${Object.keys(bundle).join(', ') || 'nothing'}`,
    );
  }
  const view = { bundle, toString: () => text };
  defineDisplay(view, () => bundle);
  return view as View;
}
