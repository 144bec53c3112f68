/** A folder for one test file, removed at its end. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Returns a function that makes a fresh folder each time it is called. */
export function temporaryFolders(): () => string {
  let top: string | undefined;
  let count = 0;
  afterAll(() => {
    if (top !== undefined) rmSync(top, { recursive: true, force: true });
  });
  return () => {
    top ??= mkdtempSync(path.join(tmpdir(), 'inkwell-engine-'));
    count += 1;
    const folder = path.join(top, String(count));
    mkdirSync(folder);
    return folder;
  };
}
