/** Interrupts: within 200 ms, whatever the cell does; state survives; nothing goes on behind the reader's back. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { leastMs, spinning, type Watch } from '../measure/clock';
import { startKernel, type TestKernel } from './helpers/kernel';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.run('let kept = 41; (globalThis as { ticks?: number }).ticks = 0;');
});
afterAll(() => kernel.stop());

const LOOPS: Readonly<Record<string, string>> = {
  'a synchronous loop': 'while (true) {}',
  'a synchronous loop after an await': 'await new Promise((r) => setTimeout(r, 5)); while (true) {}',
  'a loop in a timer': 'setTimeout(() => { while (true) {} }, 5); await new Promise(() => {});',
  'a loop in a callback of the file system':
    'require("fs").readFile("/etc/hosts", () => { while (true) {} }); await new Promise(() => {});',
  'a loop in process.nextTick': 'process.nextTick(() => { while (true) {} }); await new Promise(() => {});',
  'a loop of microtasks': 'while (true) await 1;',
  'a loop over timers':
    'while (true) { await new Promise((r) => setTimeout(r, 1)); globalThis.ticks++; console.log("tick"); }',
  'a loop over timers/promises':
    'while (true) { await require("timers/promises").setTimeout(1); globalThis.ticks++; }',
  'a loop over files':
    'while (true) { await require("fs").promises.readFile("/etc/hosts"); globalThis.ticks++; }',
  'an interval':
    'setInterval(() => { globalThis.ticks++; console.log("tick"); }, 1); await new Promise(() => {});',
  'a promise that never settles': 'await new Promise(() => {});',
  'a loop that catches everything': 'while (true) { try { while (true) {} } finally { continue; } }',
  'a child process': 'require("child_process").execSync("sleep 30");',
  'Atomics.wait': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  'a question': 'prompt("never answered?")',
};

describe.each(Object.entries(LOOPS))('%s', (_, code) => {
  test('stops within 200 ms, three times over', async () => {
    const stopIt = async ({ start, stop }: Watch): Promise<void> => {
      const started = await kernel.start(`// @ts-nocheck\n${code}`);
      await sleep(120);
      start();
      const reply = await kernel.request('interrupt_request', {}, 'control');
      const { error, reply: cell } = await started.done();
      stop();
      expect(reply.content['status']).toBe('ok');
      expect(cell['status']).toBe('error');
      expect(error?.ename).toBe('Interrupted');
      expect((await kernel.run('kept + 1')).result).toBe('42');
    };
    for (let time = 0; time < 3; time++) expect(await leastMs(200, stopIt)).toBeLessThan(200);
  });

  test('does not go on', async () => {
    const ticks = 'Number((globalThis as { ticks?: number }).ticks)';
    const before = (await kernel.run(ticks)).result;
    const count = kernel.broadcast.length;
    await sleep(50);
    // Of a file that a loop had open when it was stopped Node tells later, when it collects garbage.
    const isNodes = (text: unknown): boolean => String(text).includes('Closing file descriptor');
    const printed = kernel.broadcast
      .slice(count)
      .filter(({ header, content }) => header.msg_type === 'stream' && !isNodes(content['text']));
    expect(printed).toEqual([]);
    expect((await kernel.run(ticks)).result).toBe(before);
  });
});

test('an interrupt over shell, as VS Code sends it, stops a cell and is answered', async () => {
  const started = await kernel.start('while (true) {}');
  await sleep(80);
  expect((await kernel.request('interrupt_request', {}, 'shell')).content).toEqual({ status: 'ok' });
  expect((await started.done()).error?.ename).toBe('Interrupted');
});

test('a cell whose types are still being checked is interrupted', async () => {
  // A kernel of its own: its language server is stopped, and never answers.
  const other = await startKernel();
  try {
    await other.run('const kept = 1;');
    const server = languageServerOf(other.process.pid ?? 0);
    process.kill(server, 'SIGSTOP');
    const started = await other.start('kept + 1');
    await sleep(50);
    await other.request('interrupt_request', {}, 'control');
    expect((await started.done()).error?.evalue).toBe('the cell was interrupted before it ran');
    process.kill(server, 'SIGCONT');
    expect((await other.run('kept + 1')).result).toBe('2');
  } finally {
    await other.stop();
  }
});

/** The process id of a kernel's language server. */
function languageServerOf(kernelPid: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const row = rows.find(
    (line) => line.includes('--lsp') && Number(line.trim().split(/\s+/)[1]) === kernelPid,
  );
  if (row === undefined) throw new Error('expected a language server, found none');
  return Number(row.trim().split(/\s+/)[0]);
}

test('with nothing to stop, an interrupt is answered', async () => {
  expect((await kernel.request('interrupt_request', {}, 'control')).content).toEqual({ status: 'ok' });
});

test('an interrupt drops the cells that wait', async () => {
  const first = await kernel.start('await new Promise(() => {});');
  const second = await kernel.start('"should not run"');
  await sleep(80);
  await kernel.request('interrupt_request', {}, 'control');
  expect((await first.done()).reply['status']).toBe('error');
  expect((await second.done()).reply['status']).toBe('aborted');
});

test.each([
  ['a loop', (ms: number) => spinning(ms)],
  ['a loop after an await', (ms: number) => `await 1; ${spinning(ms)}`],
  ['a timer', (ms: number) => `await new Promise((r) => setTimeout(() => { ${spinning(ms)} r(0) }, 1))`],
  ['a loop that prints', (ms: number) => spinning(ms, 'process.stdout.write("x".repeat(20000));')],
])('an interrupt that meets the end of %s leaves the session whole', async (_, code) => {
  const { result: pid } = await kernel.run('process.pid');
  for (let round = 0; round < 12; round++) {
    const started = await kernel.start(code(34 + round));
    await sleep(20);
    await kernel.request('interrupt_request', {}, 'control');
    await started.done();
    expect((await kernel.run('[process.pid, kept]')).result).toBe(`[ ${pid}, 41 ]`);
  }
});

test('the heartbeat, completion and kernel_info answer while a loop runs', async () => {
  const started = await kernel.start('while (true) {}');
  await sleep(80);
  const [info, completion] = await Promise.all([
    kernel.request('kernel_info_request', {}),
    kernel.request('complete_request', { code: 'Math.sq', cursor_pos: 7 }),
  ]);
  expect(info.content['implementation']).toBe('inkwell');
  expect(completion.content['matches']).toEqual(['sqrt']);
  await kernel.request('interrupt_request', {}, 'control');
  await started.done();
});
