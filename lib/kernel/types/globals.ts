/** The names that a session offers to every cell beside Node's own, as a declaration file. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The declarations. `directory` is the notebook's folder, from which `@types/node` is looked up. */
export function globalDeclarations(directory: string): string {
  const path = nodeTypes(directory);
  const reference = path === undefined ? '' : `/// <reference types=${JSON.stringify(path)} />\n`;
  return `${reference}${SESSION_GLOBALS}`;
}

/** The folder of `@types/node`: the notebook's, else the one beside this library. */
function nodeTypes(directory: string): string | undefined {
  for (const from of [join(directory, 'x'), __filename]) {
    try {
      return join(createRequire(from).resolve('@types/node/package.json'), '..');
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

const SESSION_GLOBALS = `export {};
declare global {
  /** MIME types and their contents; bytes of binary types are a Uint8Array or base64. */
  interface MimeBundle { [mimeType: string]: unknown }
  /** How to show a value, by Deno's convention: an object whose \`[Symbol.for("Jupyter.display")]()\` gives MIME types. */
  interface DisplayOptions {
    /** The value is a MIME bundle already. */
    raw?: boolean;
    /** Change the display of the same \`display_id\` instead of adding one. */
    update?: boolean;
    display_id?: string;
    metadata?: Record<string, unknown>;
  }
  /** An output that can be shown again in place. */
  interface DisplayHandle {
    readonly display_id: string;
    update(value: unknown, options?: { metadata?: Record<string, unknown> }): Promise<void>;
  }
  interface CommEvent {
    readonly data: any;
    readonly metadata: Record<string, unknown>;
    readonly buffers: readonly Uint8Array[];
  }
  interface CommSendOptions {
    metadata?: Record<string, unknown>;
    buffers?: readonly Uint8Array[];
  }
  /** A two-way connection to a widget in the client. */
  interface Comm {
    readonly id: string;
    readonly target: string;
    send(data: unknown, options?: CommSendOptions): void;
    close(data?: unknown, options?: CommSendOptions): void;
    onMessage: ((event: CommEvent) => unknown) | undefined;
    onClose: ((event: CommEvent) => unknown) | undefined;
  }
  /** An element that shows as HTML; its text is the HTML. */
  interface HtmlElementView { toString(): string }
  /** Shows a value below the cell. */
  function display(value: unknown, options?: DisplayOptions): Promise<DisplayHandle>;
  /** Clears the cell's output; with \`wait\`, only when the next output comes. */
  function clearOutput(options?: { wait?: boolean }): void;
  /** The kernel's own functions. */
  var jupyter: {
    display(value: unknown, options?: DisplayOptions): Promise<DisplayHandle>;
    /** Shows a bundle of MIME types as it is. */
    publish(bundle: MimeBundle, options?: DisplayOptions): void;
    clearOutput(options?: { wait?: boolean }): void;
    /** An HTML element, as JSX makes it where no React is imported; it shows as HTML. */
    h(type: string | ((props: any) => unknown), props: Record<string, unknown> | null, ...children: unknown[]): HtmlElementView;
    /** Children without an element around them. */
    Fragment(props: any): HtmlElementView;
    readonly comms: {
      /** Lets clients open comms to \`target\`. */
      register(target: string, handler: (comm: Comm, event: CommEvent) => unknown): void;
      /** Opens a comm to the client's \`target\`. */
      open(target: string, data?: unknown, options?: CommSendOptions): Comm;
    };
  };
  /** Asks the reader for a line of text; the default where the reader gave none. */
  function prompt(message?: string, defaultValue?: string): string | null;
  /** Asks the reader yes or no. */
  function confirm(message?: string): boolean;
  /** Shows a message and waits for Enter. */
  function alert(message?: string): void;
}
`;
