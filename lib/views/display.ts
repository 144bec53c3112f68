/**
 * How a view reaches the screen. Three ways, tried in this order:
 *
 * 1. The kernel's own hook, a function under `Symbol.for('Inkwell.display')`.
 * 2. Stock tslab. Its public `display` sends one MIME type a message; the writer
 *    beneath takes whole bundles, and is set in the kernel's copy of
 *    `tslab/dist/jupyter.js` and nowhere else.
 * 3. Anywhere else (Node, jest, CI) the plain text is printed.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { inspect } from 'node:util';
import { isDisplayable, jupyterDisplay, type MimeBundle } from '../frames/displayable';

/** The symbol under which a kernel keeps its `DisplayHook` on `globalThis`. */
export const inkwellDisplay: unique symbol = Symbol.for('Inkwell.display');

/** What goes with a bundle. */
export interface DisplayHookOptions {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id: string };
  /** Replace what was shown under the same `display_id`. */
  readonly update?: boolean;
}

/** A kernel's way to show a bundle. */
export type DisplayHook = (bundle: MimeBundle, options: DisplayHookOptions) => void;

type TslabWriter = (
  message: { data: MimeBundle; metadata: object; transient: { display_id?: string } },
  update: boolean,
) => void;

const TSLAB_MODULE = path.join('tslab', 'dist', 'jupyter.js');

function tslabHook(): DisplayHook | undefined {
  for (const [name, loaded] of Object.entries(require.cache)) {
    if (!name.endsWith(TSLAB_MODULE)) continue;
    const { lastWriteDisplayData: write } = (loaded?.exports ?? {}) as {
      lastWriteDisplayData?: TslabWriter | null;
    };
    if (typeof write !== 'function') continue;
    return (data, { metadata = {}, transient = {}, update = false }) =>
      write({ data, metadata, transient }, update);
  }
  return undefined;
}

/** The way to the notebook that runs us, undefined outside one. Asked anew each time: a cell may change it. */
export function findDisplayHook(): DisplayHook | undefined {
  const hook = (globalThis as { [inkwellDisplay]?: unknown })[inkwellDisplay];
  return typeof hook === 'function' ? (hook as DisplayHook) : tslabHook();
}

/** The bundle by which anything is shown: a displayable's own, a string's or any value's text. */
export function bundleOf(value: unknown): MimeBundle {
  if (isDisplayable(value)) return value[jupyterDisplay]();
  return { 'text/plain': typeof value === 'string' ? value : inspect(value) };
}

/** Shows a value here and now: richly in a notebook, as text elsewhere. */
export function display(value: unknown): void {
  const bundle = bundleOf(value);
  const hook = findDisplayHook();
  if (hook) hook(bundle, {});
  else console.log(String(bundle['text/plain'] ?? value));
}

/** A place in a notebook's output whose content is replaced as often as wished. */
export interface LiveDisplay {
  /** Shows the value; from the second time on in place of the last one. */
  show(value: unknown): void;
}

/** A live display, or undefined where nothing can be replaced (outside notebooks). */
export function createLiveDisplay(): LiveDisplay | undefined {
  if (!findDisplayHook()) return undefined;
  const transient = { display_id: randomUUID() };
  let update = false;
  return {
    show(value) {
      findDisplayHook()?.(bundleOf(value), { transient, update });
      update = true;
    },
  };
}
