/**
 * What a cell finds without importing: `display` and `clearOutput`
 * (display.ts), `prompt`, `confirm` and `alert` (stdin.ts), and `jupyter`,
 * which holds the same and the comms.
 */

import type { MimeBundle } from './channel';
import { type Comm, type CommTarget, openComm, registerTarget, type SendOptions } from './comms';
import {
  type ClearOptions,
  clearOutput,
  type DisplayHandle,
  type DisplayOptions,
  display,
  publish,
} from './display';
import { Fragment, h } from './elements';

/** The global `jupyter`. */
export interface JupyterGlobal {
  /** Shows a value. */
  display(value: unknown, options?: DisplayOptions): Promise<DisplayHandle>;
  /** Shows a bundle of MIME types as it is. */
  publish(bundle: MimeBundle, options?: DisplayOptions): void;
  /** Clears the cell's output. */
  clearOutput(options?: ClearOptions): void;
  /** What JSX calls where no React is imported; its elements show as HTML. */
  readonly h: typeof h;
  readonly Fragment: typeof Fragment;
  readonly comms: {
    register(target: string, handler: CommTarget): void;
    open(target: string, data?: unknown, options?: SendOptions): Comm;
  };
}

/** Puts `jupyter` in place. */
export function installGlobals(): void {
  const jupyter: JupyterGlobal = {
    display,
    publish,
    clearOutput,
    h,
    Fragment,
    comms: { register: registerTarget, open: openComm },
  };
  Object.defineProperty(globalThis, 'jupyter', { value: jupyter, configurable: true, writable: true });
}
