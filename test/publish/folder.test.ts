import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type BookFile, MARKER, replaceFolder } from 'inkwell/publish/folder';
import { withFolder } from './helpers';

const file = (name: string, text: string): BookFile => ({
  path: name,
  content: { kind: 'bytes', bytes: Buffer.from(text) },
});
const marker = file(MARKER, '{}');

describe('replaceFolder', () => {
  it('writes files and replaces the whole folder', async () => {
    await withFolder(async (work) => {
      const out = path.join(work, 'deep', 'book');
      expect(await replaceFolder(out, [marker, file('a/b.txt', 'one')])).toBe(5);
      await replaceFolder(out, [marker, file('c.txt', 'two')]);
      expect(readdirSync(out).sort()).toEqual([MARKER, 'c.txt']);
      expect(readdirSync(path.dirname(out))).toEqual(['book']);
      expect(statSync(out).mode & 0o777).toBe(0o777 & ~process.umask());
    });
  });

  it('leaves the old folder and nothing else where writing fails', async () => {
    await withFolder(async (work) => {
      const out = path.join(work, 'book');
      await replaceFolder(out, [marker, file('a.txt', 'old')]);
      const missing: BookFile = { path: 'x', content: { kind: 'copy', from: path.join(work, 'none') } };
      await expect(replaceFolder(out, [marker, file('a.txt', 'new'), missing])).rejects.toMatchObject({
        code: 'PRINT_OUT',
        message: expect.stringContaining('ENOENT'),
      });
      expect(readFileSync(path.join(out, 'a.txt'), 'utf8')).toBe('old');
      expect(readdirSync(work)).toEqual(['book']);
    });
  });

  it('says so where the place is a file', async () => {
    await withFolder(async (work) => {
      writeFileSync(path.join(work, 'file'), 'x');
      await expect(replaceFolder(path.join(work, 'file'), [marker])).rejects.toMatchObject({
        code: 'PRINT_OUT',
      });
      await expect(replaceFolder(path.join(work, 'file', 'book'), [marker])).rejects.toMatchObject({
        code: 'PRINT_OUT',
      });
    });
  });

  it('sweeps up after prints that were killed, but not one that may be under way', async () => {
    await withFolder(async (work) => {
      const stale = path.join(work, '.book-AbC123');
      const young = path.join(work, '.book-XyZ789');
      mkdirSync(stale);
      mkdirSync(young);
      writeFileSync(path.join(work, '.book-cache.json'), '{}');
      utimesSync(stale, 0, 0);
      utimesSync(path.join(work, '.book-cache.json'), 0, 0);
      await replaceFolder(path.join(work, 'book'), [marker]);
      expect([stale, young, path.join(work, '.book-cache.json')].map((name) => existsSync(name))).toEqual([
        false,
        true,
        true,
      ]);
    });
  });
});
