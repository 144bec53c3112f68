/** The debugger as JupyterLab drives it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from 'inkwell/core/jupyter/message';
import { murmur2 } from 'inkwell/kernel/debugger/murmur';
import { startKernel, type TestKernel } from './helpers/kernel';

let kernel: TestKernel;
let sequence = 0;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

async function debug(command: string, args: JsonObject = {}): Promise<JsonObject> {
  const request = { type: 'request', seq: ++sequence, command, arguments: args };
  const { content } = await kernel.request('debug_request', request, 'control');
  if (content['success'] !== true) throw new Error(`${command}: ${String(content['message'])}`);
  return content['body'] as JsonObject;
}

const events = (name: string): JsonObject[] =>
  kernel.broadcast
    .filter(({ header, content }) => header.msg_type === 'debug_event' && content['event'] === name)
    .map(({ content }) => content['body'] as JsonObject);

/** Waits for the next stop; gives the top frame. */
async function stop(count: number): Promise<JsonObject> {
  await kernel.waitFor(`stop ${count}`, () => events('stopped').length >= count);
  const { stackFrames } = await debug('stackTrace', { threadId: 1 });
  return (stackFrames as JsonObject[])[0] as JsonObject;
}

async function locals(frameId: unknown): Promise<Record<string, unknown>> {
  const { scopes } = await debug('scopes', { frameId });
  const all: Record<string, unknown> = {};
  for (const { variablesReference } of scopes as JsonObject[]) {
    const { variables } = await debug('variables', { variablesReference });
    for (const { name, value } of variables as JsonObject[]) all[String(name)] ??= value;
  }
  return all;
}

test('MurmurHash2 as published', () => {
  // Values of the reference implementation, SMHasher's MurmurHash2.cpp.
  expect(murmur2('', 0)).toBe(0);
  expect(murmur2('', 1)).toBe(0x5bd15e36);
});

test('breakpoints, stepping and variables in TypeScript lines', async () => {
  const code = `interface Pair {
  a: number;
  b: number;
}
function add(pair: Pair): number {
  const sum: number = pair.a + pair.b;
  return sum;
}
const total = add({ a: 20, b: 22 });
total`;
  await debug('initialize', { clientID: 'test' });
  await debug('attach');
  const { sourcePath } = await debug('dumpCell', { code });
  const info = await debug('debugInfo');
  expect(sourcePath).toBe(
    `${info['tmpFilePrefix']}${murmur2(code, Number(info['hashSeed']))}${info['tmpFileSuffix']}`,
  );
  const set = await debug('setBreakpoints', { source: { path: sourcePath }, breakpoints: [{ line: 6 }] });
  expect(set['breakpoints']).toMatchObject([{ verified: true, line: 6 }]);
  await debug('configurationDone');

  const started = await kernel.start(code);
  const first = await stop(1);
  expect(first).toMatchObject({ name: 'add', line: 6, source: { path: sourcePath } });
  expect(events('stopped')[0]).toMatchObject({ reason: 'breakpoint', threadId: 1 });
  expect(await locals(first['id'])).toMatchObject({ pair: 'Object' });
  expect((await debug('evaluate', { expression: 'pair.a * 100', frameId: first['id'] }))['result']).toBe(
    '2000',
  );

  await debug('next', { threadId: 1 });
  const second = await stop(2);
  expect(second).toMatchObject({ name: 'add', line: 7 });
  expect(await locals(second['id'])).toMatchObject({ sum: '42' });

  await debug('stepOut', { threadId: 1 });
  // Behind the call: what V8 stops at next is the statement after it.
  expect(await stop(3)).toMatchObject({ name: '(cell)', line: 10 });
  await debug('continue', { threadId: 1 });
  expect((await started.done()).result).toBe('42');

  const { variables } = await debug('inspectVariables');
  expect(variables).toContainEqual(expect.objectContaining({ name: 'total', value: '42' }));
  expect((await debug('richInspectVariables', { variableName: 'total' }))['data']).toEqual({
    'text/plain': '42',
  });
});

test('a cell that stands at a breakpoint can be interrupted', async () => {
  const code = 'let turns = 0;\nwhile (true) {\n  turns += 1;\n}';
  const { sourcePath } = await debug('dumpCell', { code });
  await debug('setBreakpoints', { source: { path: sourcePath }, breakpoints: [{ line: 3 }] });
  const before = events('stopped').length;
  const started = await kernel.start(code);
  expect(await stop(before + 1)).toMatchObject({ line: 3 });
  await debug('setBreakpoints', { source: { path: sourcePath }, breakpoints: [] });
  await kernel.request('interrupt_request', {}, 'control');
  expect((await started.done()).error?.ename).toBe('Interrupted');
});

test('breakpoints in imported files, at their TypeScript lines, also before they are imported', async () => {
  const file = path.join(kernel.folder, 'steps.ts');
  const head = 'interface Step {\n  size: number;\n}\nenum Unit { One = 1 }\n\n';
  const body =
    'export function walk(step: Step): number {\n  const far = step.size * Unit.One;\n  return far + 1;\n}\n';
  writeFileSync(file, head + body);
  const set = await debug('setBreakpoints', { source: { path: file }, breakpoints: [{ line: 8 }] });
  expect(set['breakpoints']).toMatchObject([{ verified: true, line: 8 }]);
  const before = events('stopped').length;
  const code = 'import { walk } from "./steps"; walk({ size: 4 })';
  const started = await kernel.start(code);
  const top = await stop(before + 1);
  expect(top).toMatchObject({ name: 'walk', line: 8, source: { path: file } });
  expect(await locals(top['id'])).toMatchObject({ far: '4' });
  await debug('continue', { threadId: 1 });
  expect((await started.done()).result).toBe('5');

  // Edited, and imported again: the breakpoint is where its line is now.
  await sleep(10);
  writeFileSync(file, `${head}// a line more\n${body}`);
  await debug('setBreakpoints', { source: { path: file }, breakpoints: [{ line: 9 }] });
  const again = await kernel.start(code);
  expect(await stop(before + 2)).toMatchObject({ name: 'walk', line: 9, source: { path: file } });
  await debug('continue', { threadId: 1 });
  expect((await again.done()).result).toBe('5');
  await debug('setBreakpoints', { source: { path: file }, breakpoints: [] });
  expect((await kernel.run(code)).result).toBe('5');
});

test('raised exceptions stop where they are thrown', async () => {
  await debug('setExceptionBreakpoints', { filters: ['raised'] });
  const before = events('stopped').length;
  const started = await kernel.start('const bad: string = "x";\nthrow new Error(bad);');
  expect(await stop(before + 1)).toMatchObject({ line: 2 });
  expect(events('stopped').at(-1)).toMatchObject({ reason: 'exception' });
  await debug('continue', { threadId: 1 });
  expect((await started.done()).error?.evalue).toBe('x');
});

test('what it does not know it refuses, and after disconnect nothing stops', async () => {
  await expect(debug('reverseContinue')).rejects.toThrow('does not know reverseContinue');
  await debug('disconnect');
  const before = events('stopped').length;
  await kernel.run('throw new Error("y")');
  await sleep(30);
  expect(events('stopped').length).toBe(before);
});
