/**
 * Showing things. A value becomes a MIME bundle: by its own
 * `[Symbol.for('Jupyter.display')]()` (Deno's convention, may be async), else by
 * what it looks like (rich.ts), else by `util.inspect`.
 */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../core/jupyter/message';
import type { MimeBundle } from './channel';
import { currentRun, holdRun } from './context';
import { emit } from './pipes';
import { describe } from './rich';

/** The method that a displayable value has. */
export const DISPLAY_METHOD: unique symbol = Symbol.for('Jupyter.display') as never;

/** Where views of the book's library find the kernel. */
export const DISPLAY_HOOK: unique symbol = Symbol.for('Inkwell.display') as never;

export interface DisplayOptions {
  readonly metadata?: JsonObject;
  /** The value is a MIME bundle already. */
  readonly raw?: boolean;
  /** Names the output so that it can be updated. */
  readonly display_id?: string;
  /** Replaces the output of that name instead of adding one. */
  readonly update?: boolean;
}

/** An output that can be shown again in place. */
export interface DisplayHandle {
  readonly display_id: string;
  update(value: unknown, options?: { readonly metadata?: JsonObject }): Promise<void>;
}

/** Bytes become base64, as Jupyter's binary types want them. */
function normalise(bundle: object): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ]),
  );
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const method = (value as Record<symbol, unknown>)[DISPLAY_METHOD];
  return typeof method === 'function' ? (method as () => unknown) : undefined;
}

/** The bundle of any value: at once where the value allows it, else a promise. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = displayMethod(value);
  if (method === undefined) return describe(value);
  const made = method.call(value);
  if (made instanceof Promise) return made.then((bundle) => checkBundle(bundle));
  return checkBundle(made);
}

function checkBundle(made: unknown): MimeBundle {
  if (typeof made === 'object' && made !== null) return normalise(made);
  throw new TypeError(
    `[Symbol.for('Jupyter.display')]() must return an object of MIME types, got ${made === null ? 'null' : typeof made}`,
  );
}

/** Publishes a bundle as output of the current run. */
export function publish(bundle: MimeBundle, options: DisplayOptions = {}): void {
  const { metadata = {}, display_id, update = false } = options;
  const run = currentRun();
  if (run.cancelled) return;
  emit({
    type: 'display',
    run: run.id,
    kind: update ? 'update_display_data' : 'display_data',
    data: normalise(bundle),
    metadata,
    transient: display_id === undefined ? {} : { display_id },
  });
}

/** Shows a value; resolves to a handle that shows another in its place. Throws what the value's own method throws. */
export function display(value: unknown, options: DisplayOptions = {}): Promise<DisplayHandle> {
  const display_id = options.display_id ?? randomUUID();
  const handle: DisplayHandle = {
    display_id,
    update: (next, { metadata = {} } = {}) => {
      const updated = Promise.resolve(toBundle(next)).then((data) =>
        publish(data, { metadata, display_id, update: true }),
      );
      holdRun(updated);
      return updated;
    },
  };
  const bundle = options.raw === true ? checkBundle(value) : toBundle(value);
  if (bundle instanceof Promise) {
    const shown = bundle.then((data) => {
      publish(data, { ...options, display_id });
      return handle;
    });
    holdRun(shown);
    return shown;
  }
  publish(bundle, { ...options, display_id });
  return Promise.resolve(handle);
}

export interface ClearOptions {
  /** Clear only when the next output comes; default false. */
  readonly wait?: boolean;
}

/** Clears the cell's output; with `wait`, only when the next output comes. */
export function clearOutput({ wait = false }: ClearOptions = {}): void {
  const run = currentRun();
  if (!run.cancelled) emit({ type: 'clear', run: run.id, wait });
}

interface HookOptions {
  readonly metadata?: JsonObject;
  readonly transient?: { readonly display_id?: string };
  readonly update?: boolean;
}

/** Puts `display`, `clearOutput` and the library's hook in place. */
export function installDisplay(): void {
  const hook = (
    bundle: MimeBundle,
    { metadata = {}, transient = {}, update = false }: HookOptions = {},
  ): void =>
    publish(bundle, {
      metadata,
      update,
      ...(transient.display_id === undefined ? {} : { display_id: transient.display_id }),
    });
  for (const [name, value] of Object.entries({ display, clearOutput })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.defineProperty(globalThis, Symbol.for('Inkwell.describe'), { value: describe });
  Object.defineProperty(globalThis, DISPLAY_HOOK, { value: hook, configurable: true, writable: true });
}
