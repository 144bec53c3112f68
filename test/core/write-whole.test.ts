import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWhole, writeWholeSync } from 'inkwell/core/write-whole';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const both: readonly (readonly [string, (file: string, data: string | Uint8Array) => unknown])[] = [
  ['writeWhole', writeWhole],
  ['writeWholeSync', writeWholeSync],
];

describe.each(both)('%s', (name, write) => {
  test('writes, replaces, keeps permissions, leaves nothing else', async () => {
    const file = path.join(folder, 'a.txt');
    await write(file, 'one');
    expect(readFileSync(file, 'utf8')).toBe('one');
    chmodSync(file, 0o640);
    await write(file, Buffer.from('two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test("writes a link's target and leaves the link", async () => {
    const [file, link] = [path.join(folder, 'a.txt'), path.join(folder, 'b.txt')];
    writeFileSync(file, 'one');
    symlinkSync(file, link);
    await write(link, 'two');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('two');
  });

  test('makes no folder, and says so', async () => {
    const attempt = async (): Promise<unknown> => write(path.join(folder, 'no', 'a.txt'), 'x');
    await expect(attempt()).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });

  // The limit on a file's size cuts writes short as a disk does that fills up.
  test('a write that is cut short fails, and the old file stands', async () => {
    const file = path.join(folder, 'a.txt');
    writeFileSync(file, 'old');
    const script = `
      process.on('SIGXFSZ', () => {});
      const { ${name}: write } = require('inkwell/core/write-whole');
      (async () => { await write(${JSON.stringify(file)}, 'x'.repeat(3e6)); })()
        .catch(({ code }) => console.log(code));`;
    const command = `ulimit -f 1000; exec ${JSON.stringify(process.execPath)} -e "$SCRIPT"`;
    const { stdout } = spawnSync('bash', ['-c', command], {
      cwd: __dirname,
      encoding: 'utf8',
      env: { ...process.env, SCRIPT: script },
    });
    expect(stdout).toBe('EFBIG\n');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.txt']);
    expect(existsSync(file)).toBe(true);
  });
});
