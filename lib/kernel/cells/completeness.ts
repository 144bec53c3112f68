/**
 * Whether what was typed so far is a whole cell, for consoles that ask before
 * they send (`is_complete_request`). A parse error at the very end of the
 * text means that more is to come; one before it, that no more will help.
 */
import { usesJsx } from './jsx';
import { parseTypeScript } from './parse';

export type Completeness =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  | { readonly status: 'incomplete' /** White space for the next line. */; readonly indent: string };

/** `unknown`: syntax that the parser has heard of but does not read, or a command (`%…`), no TypeScript at all. */
export function isComplete(code: string): Completeness {
  if (/^\s*%/.test(code)) return { status: 'unknown' };
  if (usesJsx(code)) return { status: 'complete' };
  try {
    parseTypeScript(code);
    return { status: 'complete' };
  } catch (thrown) {
    if (!isParseError(thrown)) return { status: 'unknown' };
    if (thrown.missingPlugin !== undefined) return { status: 'unknown' };
    if (UNTERMINATED.has(thrown.reasonCode)) return { status: 'incomplete', indent: '' };
    if (thrown.pos >= code.trimEnd().length) return { status: 'incomplete', indent: nextIndent(code) };
    return { status: 'invalid' };
  }
}

/** What may run over the end of a line. Strings and regular expressions may not. */
const UNTERMINATED = new Set(['UnterminatedTemplate', 'UnterminatedComment']);

interface ParseError extends SyntaxError {
  readonly pos: number;
  readonly reasonCode: string;
  readonly missingPlugin?: unknown;
}

function isParseError(thrown: unknown): thrown is ParseError {
  return thrown instanceof SyntaxError && 'pos' in thrown && 'reasonCode' in thrown;
}

const STEP = '  ';

/** As deep as the last line, and a step deeper after what opens something. */
function nextIndent(code: string): string {
  const line =
    code
      .trimEnd()
      .split(/\r\n|[\n\r]/)
      .at(-1) ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return /(?:[([{=?:,]|=>)\s*(?:\/\/.*)?$/.test(line) && !/,\s*$/.test(line) ? indent + STEP : indent;
}
