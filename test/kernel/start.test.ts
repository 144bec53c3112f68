import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshConnection, writeConnection } from 'inkwell/core/jupyter/connection';
import { residentMb } from '../measure/process';
import { until } from '../measure/until';
import { PROGRAM_MB, serversOf } from './helpers/children';
import { KERNEL, startKernel } from './helpers/kernel';

test('the first program is built before a client asks for anything', async () => {
  const kernel = await startKernel();
  try {
    const pid = kernel.process.pid ?? 0;
    const [server] = serversOf(pid);
    if (server === undefined) throw new Error('expected a language server below the kernel, found none');
    await until('the types of Node in its memory', () => residentMb(server) > PROGRAM_MB);
    // What was built is what the first cell is checked with.
    expect((await kernel.run('1 + 1')).result).toBe('2');
    expect((await kernel.run('1 + one')).reply['ename']).toBe('TypeCheckError');
    expect(serversOf(pid)).toEqual([server]);
  } finally {
    await kernel.stop();
  }
});

test('the language server starts before the ports are bound, and ends where they cannot be', async () => {
  const occupied = createServer().listen(0, '127.0.0.1');
  await once(occupied, 'listening');
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-start-'));
  const file = path.join(folder, 'connection.json');
  const fresh = freshConnection('test');
  const { port } = occupied.address() as { port: number };
  writeConnection(file, { ...fresh, ports: { ...fresh.ports, shell: port } });
  const kernel = spawn(process.execPath, [KERNEL, '-f', file], { stdio: 'ignore' });
  try {
    let servers: number[] = [];
    await until('the language server', () => {
      servers = serversOf(kernel.pid ?? 0);
      return servers.length > 0 || kernel.exitCode !== null;
    });
    expect(kernel.exitCode).toBeNull();
    await once(kernel, 'exit');
    expect(kernel.exitCode).toBe(1);
    for (const server of servers) await until('its end', () => !isAlive(server));
  } finally {
    kernel.kill('SIGKILL');
    occupied.close();
    rmSync(folder, { recursive: true });
  }
});

test('a kernel that checks nothing starts no language server', async () => {
  const kernel = await startKernel({ args: ['--no-check'] });
  try {
    expect((await kernel.run('1 + 1')).result).toBe('2');
    expect(serversOf(kernel.process.pid ?? 0)).toEqual([]);
  } finally {
    await kernel.stop();
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
