/** JSON as other programs write it. */

/** The value in a text; a byte order mark in front, as editors on Windows put there, is no part of it. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}
