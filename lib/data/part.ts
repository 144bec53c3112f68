/**
 * A file on its way: `NAME.part` holds what has come, `NAME.part.json` from
 * where, and which version of it, so that a later try can go on where this
 * one stopped. Neither name is ever taken for data.
 */
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeDataFile } from './write-file';

/** What is known of a partial file. */
export interface Part {
  /** Where the bytes are. */
  readonly path: string;
  /** How many have come; 0 where there is nothing to go on from. */
  readonly bytes: number;
  /** For `If-Range`: a strong ETag or a date; undefined where the server gave none. */
  readonly validator: string | undefined;
}

/** The partial file for `name` in `folder`. One that came from elsewhere counts as empty. */
export async function openPart(folder: string, name: string, url: string): Promise<Part> {
  const file = path.join(folder, `${name}.part`);
  const empty: Part = { path: file, bytes: 0, validator: undefined };
  try {
    const origin: unknown = JSON.parse(await readFile(`${file}.json`, 'utf8'));
    if (typeof origin !== 'object' || origin === null) return empty;
    if (!('url' in origin) || origin.url !== url) return empty;
    const validator =
      'validator' in origin && typeof origin.validator === 'string' ? origin.validator : undefined;
    return { path: file, bytes: (await stat(file)).size, validator };
  } catch {
    // Not there, or written by half: begin again.
    return empty;
  }
}

/** Notes where a part that is about to be written comes from. */
export async function notePart(part: Part, url: string, validator: string | undefined): Promise<void> {
  await writeDataFile(`${part.path}.json`, Buffer.from(JSON.stringify({ url, validator })));
}

/** Removes a part and its note. */
export async function dropPart({ path: file }: Pick<Part, 'path'>): Promise<void> {
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
}
