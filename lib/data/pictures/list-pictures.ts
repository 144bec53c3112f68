/** Which files of a folder are pictures. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../core/errors';
import { dataError } from '../errors';

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

/** The order in which people count: `2` before `10`. */
export const asPeopleCount: (a: string, b: string) => number = new Intl.Collator('en', {
  numeric: true,
}).compare;

/**
 * The picture files in a folder and all below it, hidden ones left out.
 *
 * @returns paths from the folder, with `/` on every system, in the order in which people count.
 * @throws InkwellError `DATA_MISSING` where there is no such folder, or no picture in it.
 */
export async function listPictures(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw dataError('DATA_MISSING', `${folder} cannot be listed: ${messageOf(error)}`, {
      hint: 'Name a folder that holds pictures.',
      cause: error,
    });
  });
  const pictures = entries
    .map((entry) => entry.split(path.sep).join('/'))
    .filter((name) => PICTURE.test(name) && !name.split('/').some((part) => part.startsWith('.')))
    .sort(asPeopleCount);
  if (pictures.length > 0) return pictures;
  throw dataError('DATA_MISSING', `${folder} holds no pictures`, {
    hint: 'Pictures end in .png, .jpg, .webp, .gif, .tif or .avif.',
  });
}
