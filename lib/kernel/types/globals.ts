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
  /** How to show a value, by Deno's convention: an object whose \`[Symbol.for("Jupyter.display")]()\` gives MIME types. */
  interface DisplayOptions {
    /** The value is a MIME bundle already. */
    raw?: boolean;
    /** Change the display of the same \`display_id\` instead of adding one. */
    update?: boolean;
    display_id?: string;
  }
  /** Shows a value below the cell. */
  function display(value: unknown, options?: DisplayOptions): Promise<void>;
  /** Asks the reader for a line of text; null where the reader gave none. */
  function prompt(message?: string, defaultValue?: string): string | null;
  /** Asks the reader yes or no. */
  function confirm(message?: string): boolean;
  /** Shows a message and waits for Enter. */
  function alert(message?: string): void;
}
`;
