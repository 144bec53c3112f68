import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackFolder } from 'inkwell/data/archives/unpack';
import { temporaryFolders, thrownBy } from '../support';
import { tarOf, writeFiles } from './support';

const folder = temporaryFolders();

/** A file of these bytes. */
function stored(bytes: Uint8Array): string {
  const file = path.join(folder(), 'x.tar.gz');
  writeFileSync(file, bytes);
  return file;
}

async function someTar(): Promise<Uint8Array> {
  const source = folder();
  writeFiles(source, { 'images/a.jpg': 'a', 'images/deep/b.jpg': 'b'.repeat(5000), 'other/c': 'c' });
  return await tarOf(source, ['images', 'other']);
}

test('unpacks the one folder, in place of what stood there', async () => {
  const target = folder();
  writeFiles(target, { 'images/old.jpg': 'old' });
  await unpackFolder(stored(await someTar()), 'images', target);
  expect(readdirSync(target)).toEqual(['images']);
  expect(readdirSync(path.join(target, 'images')).sort()).toEqual(['a.jpg', 'deep']);
  expect(readFileSync(path.join(target, 'images/deep/b.jpg'), 'utf8').length).toBe(5000);
});

test.each([
  ['../evil.txt', 'holds ../evil.txt, which leads out of its folder'],
  ['images/../../evil.txt', 'which leads out of its folder'],
  ['/tmp/evil.txt', 'which leads out of its folder'],
])('refuses a path that leads out: %s', async (name, message) => {
  const source = folder();
  writeFiles(source, { 'images/a.jpg': 'a', harmless: 'evil' });
  const bytes = await tarOf(source, ['images', 'harmless'], {
    preservePaths: true,
    onWriteEntry: (entry) => {
      if (entry.path === 'harmless') entry.path = name;
    },
  });
  const target = path.join(folder(), 'deep');
  const error = await thrownBy(unpackFolder(stored(bytes), 'images', target));
  expect(error.code).toBe('DATA_FORMAT');
  expect(error.message).toContain(message);
  expect(readdirSync(target)).toEqual([]);
  expect(readdirSync(path.dirname(target))).toEqual(['deep']);
});

test('refuses links', async () => {
  const source = folder();
  writeFiles(source, { 'images/a.jpg': 'a' });
  symlinkSync('/etc/passwd', path.join(source, 'images/link'));
  const target = folder();
  const error = await thrownBy(unpackFolder(stored(await tarOf(source, ['images'])), 'images', target));
  expect(error.message).toContain('holds images/link, which is no plain file but a SymbolicLink');
  expect(readdirSync(target)).toEqual([]);
});

test('a damaged archive, one cut short, one without the folder: nothing stays', async () => {
  const bytes = await someTar();
  const target = folder();
  const unpack = (content: Uint8Array, name = 'images'): Promise<unknown> =>
    unpackFolder(stored(content), name, target);
  expect((await thrownBy(unpack(new TextEncoder().encode('no archive at all')))).code).toBe('DATA_FORMAT');
  expect((await thrownBy(unpack(bytes.subarray(0, bytes.length / 2)))).code).toBe('DATA_FORMAT');
  expect((await thrownBy(unpack(bytes, 'pictures'))).message).toContain('holds no folder pictures');
  expect(readdirSync(target)).toEqual([]);
});

test('can be stopped; a folder that cannot be written is said', async () => {
  const file = stored(await someTar());
  const target = folder();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(unpackFolder(file, 'images', target, { signal })).rejects.toThrow('enough');
  expect(readdirSync(target)).toEqual([]);
  const error = await thrownBy(unpackFolder(file, 'images', path.join(file, 'below a file')));
  expect(error.code).toBe('DATA_READ_ONLY');
});
