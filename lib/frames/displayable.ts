/**
 * What a notebook can show. A value shows itself by a method under
 * `Symbol.for('Jupyter.display')` that returns a MIME bundle: one rendering for
 * each MIME type, of which the front end picks the richest it knows. The symbol
 * is Deno's convention, so such values also show themselves in Deno's kernel.
 */

import { inspect } from 'node:util';

/** Renderings of one value by MIME type: text, or plain data for `…+json` types. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The symbol under which a value keeps its `MimeBundle` method. */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/** A value that a notebook shows richly. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle;
  /** The same as plain text, for terminals and logs. */
  toString(): string;
}

/** Whether a notebook can show the value richly. */
export function isDisplayable(value: unknown): value is Displayable {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Displayable>)[jupyterDisplay] === 'function'
  );
}

/**
 * Gives a prototype (or one object) its display method, and its plain text
 * instead of its insides where it is logged.
 */
export function defineDisplay<T extends object>(target: T, bundleOf: (value: T) => MimeBundle): void {
  const hidden = (value: unknown): PropertyDescriptor => ({ value, configurable: true, writable: true });
  Object.defineProperties(target, {
    [jupyterDisplay]: hidden(function (this: T): MimeBundle {
      return bundleOf(this);
    }),
    [inspect.custom]: hidden(function (this: T): string {
      return String(this);
    }),
  });
}
