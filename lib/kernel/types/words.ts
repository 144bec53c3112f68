/** Identifiers around an offset. */

/** The offset where the identifier that ends at `offset` starts; `offset` itself where none does. */
export function wordStart(text: string, offset: number): number {
  return offset - (/[\p{ID_Continue}$\u200c\u200d]*$/u.exec(text.slice(0, offset))?.[0].length ?? 0);
}

/** The offset where the identifier around `offset` ends. */
export function wordEnd(text: string, offset: number): number {
  return offset + (/^[\p{ID_Continue}$\u200c\u200d]*/u.exec(text.slice(offset))?.[0].length ?? 0);
}

/** Line and column, 0-based, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The position of an offset. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(LINE_BREAK);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** The offset of a position; past the end of its line, the end of that line. */
export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let index = 0; index < line; index++) {
    const found = LINE_BREAK.exec(text.slice(start));
    if (found === null) return text.length;
    start += found.index + found[0].length;
  }
  const length = text.slice(start).split(LINE_BREAK, 1)[0]?.length ?? 0;
  return start + Math.min(character, length);
}

const LINE_BREAK = /\r\n|[\n\r]/;
