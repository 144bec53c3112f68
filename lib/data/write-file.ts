/**
 * Writing so that a file is either whole or not there: under another name
 * first, then renamed into place.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../core/write-whole';
import { asWriteError } from './errors';

/**
 * Writes a file whole, its folder too where there is none.
 *
 * @throws InkwellError `DATA_READ_ONLY`, `DATA_DISK_FULL`.
 */
export async function writeDataFile(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, bytes);
  } catch (error) {
    throw asWriteError(error, file);
  }
}

/**
 * Makes a folder, and those above it.
 *
 * @throws InkwellError `DATA_READ_ONLY`, `DATA_DISK_FULL`.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asWriteError(error, folder);
  }
}
