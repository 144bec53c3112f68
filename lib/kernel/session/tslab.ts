/**
 * The module `tslab` as cells see it here, so that notebooks written for
 * that kernel run unchanged: `display`, `newDisplay`, `versions` (tslab's README,
 * "Display API").
 */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { MimeBundle } from './channel';
import { publish } from './display';

/** tslab's `Display`. */
export interface TslabDisplay {
  javascript(text: string): void;
  html(text: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, content: string | Uint8Array): void;
}

export interface TslabModule {
  readonly versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
  readonly display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

const TYPES = {
  javascript: 'text/javascript',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  text: 'text/plain',
} as const;

function displayOver(show: (bundle: MimeBundle) => void): TslabDisplay {
  const raw = (type: string, content: string | Uint8Array): void => show({ [type]: content });
  const methods = Object.entries(TYPES).map(([name, type]) => [
    name,
    (content: string | Uint8Array) => raw(type, content),
  ]);
  return { ...(Object.fromEntries(methods) as Omit<TslabDisplay, 'raw'>), raw };
}

/** A display whose every call replaces what the last one showed. */
function newDisplay(): TslabDisplay {
  const display_id = randomUUID();
  let shown = false;
  return displayOver((bundle) => {
    publish(bundle, { display_id, update: shown });
    shown = true;
  });
}

/** The module, made anew for each session. */
export function createTslab(): TslabModule {
  const load = createRequire(__filename);
  return {
    get versions() {
      const { version: tslab } = load('tslab/package.json') as { version: string };
      const { version: typescript } = load('typescript/package.json') as { version: string };
      return { tslab, typescript, node: process.version };
    },
    display: displayOver((bundle) => publish(bundle)),
    newDisplay,
  };
}
