import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnectionFile } from 'inkwell/client/connection';
import { freshConnection, readConnection, writeConnection } from 'inkwell/core/jupyter/connection';
import { withFreePorts } from 'inkwell/core/jupyter/ports';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-connection-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is written is read again, the fields of others too, by its owner only', () => {
  const file = path.join(folder, 'connection.json');
  const connection = { ...freshConnection('k'), rest: { kernel_name: 'k', extra: [1] } };
  writeConnection(file, connection);
  expect(readConnection(file)).toEqual(connection);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    shell_port: 0,
    signature_scheme: 'hmac-sha256',
    kernel_name: 'k',
  });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['connection.json']);
});

test.each([
  ['no JSON', '{', 'is not a connection file'],
  ['another transport', '{"transport": "pgm"}', 'transport must be tcp or ipc, got pgm'],
  ['no port', '{"hb_port": 70000}', 'hb_port must be a whole number in 0 … 65535, got 70000'],
  ['no key', '{"key": 5}', 'ip and key must be strings'],
])('a file that is none is refused: %s', (_what, text, words) => {
  const file = path.join(folder, 'connection.json');
  writeFileSync(file, text);
  expect(() => readConnection(file)).toThrow(words);
});

test('free ports are five different ones that nobody listens on', async () => {
  const { ports, ip } = await withFreePorts(freshConnection());
  const numbers = Object.values(ports);
  expect(new Set(numbers).size).toBe(5);
  for (const port of numbers) {
    const server = createServer().listen(port, ip);
    await new Promise((resolve) => server.once('listening', resolve));
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a client's file names its kernel, and is removed with its folder", async () => {
  const file = await createConnectionFile('tslab');
  expect(readConnection(file.path)).toEqual(file.info);
  expect(file.info.rest).toEqual({ kernel_name: 'tslab' });
  await file.remove();
  expect(existsSync(path.dirname(file.path))).toBe(false);
});
