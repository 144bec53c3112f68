/** The protocol beyond execution: what a client may ask, and what a stranger may send. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { messageBuilder } from 'inkwell/core/jupyter/message';
import { createCodec } from 'inkwell/core/jupyter/wire';
import { Request } from 'zeromq';
import { spinning } from '../measure/clock';
import { KERNEL, startKernel, type TestKernel } from './helpers/kernel';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

test('kernel_info says who answers, with a status', async () => {
  const { content } = await kernel.request('kernel_info_request', {});
  expect(content).toMatchObject({
    status: 'ok',
    protocol_version: '5.4',
    implementation: 'inkwell',
    language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript' },
    supported_features: ['debugger', 'iopub_welcome'],
  });
  // JupyterLab and Notebook 7 look this name up among their editor's languages.
  expect(content['language_info']).toMatchObject({ codemirror_mode: 'typescript' });
});

test('the connection file is for its owner only', () => {
  expect(statSync(kernel.connectionFile).mode & 0o777).toBe(0o600);
});

test.each([
  ['no file', [], '-f CONNECTION_FILE is missing'],
  ['an option that is none', ['-f', 'x.json', '--chek'], "Unknown option '--chek'"],
])('a wrong command line is told so, with status 2: %s', (_, words, message) => {
  const { status, stderr } = spawnSync(process.execPath, [KERNEL, ...words], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('Usage: kernel.js -f CONNECTION_FILE [--no-check]');
});

test('the heartbeat echoes while a cell runs', async () => {
  const heart = new Request({ linger: 0, receiveTimeout: 120_000, sendTimeout: 120_000 });
  heart.connect(`tcp://127.0.0.1:${kernel.ports['hb_port']}`);
  const started = await kernel.start(spinning(300));
  await heart.send('ping');
  expect(String((await heart.receive())[0])).toBe('ping');
  heart.close();
  await started.done();
});

test('completion and inspection count code points', async () => {
  const code = 'const smile = "😀"; Math.sq';
  const { content } = await kernel.request('complete_request', { code, cursor_pos: [...code].length });
  expect(content).toMatchObject({
    matches: ['sqrt'],
    cursor_start: [...code].length - 2,
    cursor_end: [...code].length,
  });
  const inspected = await kernel.request('inspect_request', {
    code: '"😀"; Math.max',
    cursor_pos: 10,
    detail_level: 0,
  });
  expect(inspected.content).toMatchObject({ status: 'ok', found: true });
  expect((inspected.content['data'] as Record<string, unknown>)['text/markdown']).toContain('max');
});

test('is_complete gives all its answers', async () => {
  const status = async (code: string): Promise<unknown> =>
    (await kernel.request('is_complete_request', { code })).content['status'];
  expect(await Promise.all(['1 + 1', 'function f() {', '`abc', 'const = 1;'].map(status))).toEqual([
    'complete',
    'incomplete',
    'incomplete',
    'invalid',
  ]);
});

test('history: tail, range, search', async () => {
  const { execution_count: first } = (await kernel.run('"history one"')).reply as { execution_count: number };
  await kernel.run('"history two"');
  const ask = async (content: Record<string, unknown>): Promise<unknown> =>
    (await kernel.request('history_request', { raw: true, output: false, ...content })).content['history'];
  expect(await ask({ hist_access_type: 'tail', n: 2 })).toEqual([
    [1, first, '"history one"'],
    [1, first + 1, '"history two"'],
  ]);
  expect(
    await ask({ hist_access_type: 'range', session: 0, start: first, stop: first + 1, output: true }),
  ).toEqual([[1, first, ['"history one"', "'history one'"]]]);
  expect(await ask({ hist_access_type: 'search', pattern: '*tory t?o*', n: 5 })).toEqual([
    [1, first + 1, '"history two"'],
  ]);
});

test('silent broadcasts nothing and counts nothing; user_expressions are answered', async () => {
  const before = (await kernel.run('let quiet = 1; quiet')).reply['execution_count'];
  const silent = await kernel.run('console.log("psst"); quiet = 2; quiet', {
    silent: true,
    store_history: false,
    user_expressions: { value: 'quiet + 1', wrong: 'nowhere' },
  });
  expect(silent.outputs).toEqual([]);
  expect(silent.reply).toMatchObject({
    execution_count: before,
    user_expressions: {
      value: { status: 'ok', data: { 'text/plain': '3' } },
      wrong: { status: 'error', ename: 'ReferenceError' },
    },
  });
});

test('?name opens the pager', async () => {
  const { reply } = await kernel.run('?Math.max');
  expect(reply['payload']).toMatchObject([{ source: 'page', start: 0 }]);
  expect(JSON.stringify(reply['payload'])).toContain('max');
});

describe('stdin', () => {
  test('prompt, confirm and readline ask the client', async () => {
    const asked: string[] = [];
    kernel.onInput = (prompt) => {
      asked.push(prompt);
      return prompt.includes('[y/N]') ? 'yes' : 'Ada';
    };
    expect((await kernel.run('prompt("Name?")')).result).toBe("'Ada'");
    expect((await kernel.run('confirm("Sure?")')).result).toBe('true');
    const code =
      'import * as readline from "node:readline/promises"; const rl = readline.createInterface({ input: process.stdin, output: process.stdout }); const name = await rl.question("Who? "); rl.close(); name';
    const { result, stdout } = await kernel.run(code);
    expect([result, stdout]).toEqual(["'Ada'", 'Who? ']);
    expect(asked).toEqual(['Name? ', 'Sure? [y/N] ', '']);
  });

  const RL = 'const lines = readline.createInterface({ input: process.stdin, output: process.stdout });';
  const PROMISES = `import * as readline from "node:readline/promises"; ${RL}`;
  const CALLBACKS = `import * as readline from "node:readline"; ${RL}`;
  test.each([
    'prompt("Name?")',
    'confirm("Sure?")',
    'alert("Read this")',
    'for await (const line of process.stdin) console.log(line);',
    `${PROMISES} await lines.question("Who? ")`,
    `${PROMISES} for await (const line of lines) console.log(line);`,
    `${CALLBACKS} await new Promise((resolve) => lines.question("Who? ", resolve));`,
    `${CALLBACKS} await new Promise((resolve) => lines.on("line", resolve));`,
    `${CALLBACKS} await new Promise((resolve) => lines.on("close", resolve));`,
    'await new Promise((resolve) => process.stdin.once("data", resolve));',
    'await new Promise((resolve) => process.stdin.once("readable", resolve));',
    'await new Promise((resolve) => process.stdin.resume().once("end", resolve));',
    'import { text } from "node:stream/consumers"; await text(process.stdin)',
    'import { once } from "node:events"; await once(process.stdin, "data")',
  ])('disallowed, the cell fails instead of waiting: %s', async (code) => {
    kernel.onInput = undefined;
    const { error, stderr } = await kernel.run(code, { allow_stdin: false });
    expect(error).toMatchObject({ ename: 'StdinNotAllowed' });
    expect(error?.evalue).toContain('allow_stdin');
    expect(stderr).toBe('');
    expect((await kernel.run('1 + 1')).result).toBe('2');
  });

  test('disallowed, a cell may handle the refusal itself', async () => {
    const code =
      'let heard = ""; process.stdin.on("error", (error) => { heard = error.name; }); process.stdin.resume(); await new Promise((resolve) => setTimeout(resolve, 60)); heard';
    const { result, error } = await kernel.run(code, { allow_stdin: false });
    expect([result, error]).toEqual(["'StdinNotAllowed'", undefined]);
  });

  test('what reads the descriptor itself finds no input, and waits for none', async () => {
    const code =
      'import { readFileSync } from "node:fs"; import { execSync } from "node:child_process"; [readFileSync(0, "utf8"), execSync("cat", { stdio: ["inherit", "pipe", "pipe"] }).toString()]';
    expect((await kernel.run(code, { allow_stdin: false })).result).toBe("[ '', '' ]");
  });
});

describe('JSX', () => {
  const htmlOf = async (code: string): Promise<string> => {
    const { result = '', error } = await kernel.run(code);
    expect(error).toBeUndefined();
    return result;
  };

  test('elements show as HTML, with what they hold escaped', async () => {
    expect(await htmlOf('<b>hi</b>')).toBe('<b>hi</b>');
    expect(await htmlOf('const wild = "<script>"; <p title={wild}>{wild} {1 + 1}</p>')).toBe(
      '<p title="&#60;script&#62;">&#60;script&#62; 2</p>',
    );
    expect(
      await htmlOf('<ul style={{ fontSize: 3 }}>{[1, 2].map((x) => <li className="a">{x}</li>)}</ul>'),
    ).toBe('<ul style="font-size:3"><li class="a">1</li><li class="a">2</li></ul>');
    expect(
      await htmlOf('const Twice = ({ children }: any) => <>{children}{children}</>; <Twice><br/></Twice>'),
    ).toBe('<br><br>');
  });

  test('what stands in braces is checked, at its own line', async () => {
    const { error } = await kernel.run('const count = 3;\n<p>\n  {count.toUpperCase()}\n</p>');
    expect(error?.ename).toBe('TypeCheckError');
    expect(error?.evalue).toContain('toUpperCase');
  });

  test('React is called where it is imported, and missed by name where it is not installed', async () => {
    const fake = 'const React = { createElement: (type: string, ...rest: unknown[]) => [type, ...rest] };';
    const { result } = await kernel.run(`${fake} <b>hi</b>`);
    expect(result).toBe("[ 'b', null, 'hi' ]");
    const { error } = await kernel.run('import React from "react"; <b>hi</b>');
    expect(error?.evalue).toMatch(/react/);
  });

  test('a pragma names another function', async () => {
    const code = '/** @jsx make */ const make = (...parts: unknown[]) => parts.length; <b a="1">x</b>';
    expect((await kernel.run(code)).result).toBe('3');
  });
});

test.each([
  ['%%javascript\n1 + 1', 'leave the line out'],
  ['%matplotlib inline\n1 + 1', 'plots show here without it'],
  ['!ls', "execSync('ls'"],
  ['1 + 1\nMath.max?', '?Math.max'],
])('a habit from IPython is told the way here: %s', async (code, way) => {
  const { error } = await kernel.run(code);
  expect(error?.evalue).toContain(way);
  expect(error?.traceback.join('\n')).toContain(way);
});

test('what looks like a habit and is none runs', async () => {
  expect((await kernel.run('const ready = true;\n!ready')).result).toBe('false');
  expect((await kernel.run('7\n% 4')).result).toBe('3');
});

describe('no trace of the kernel', () => {
  test.each([
    ['Promise.resolve(3)', 'Promise { 3 }'],
    ['new Promise(() => {})', 'Promise { <pending> }'],
    ['[Promise.resolve({ a: 1 })]', '[ Promise { { a: 1 } } ]'],
    ['Object.getOwnPropertySymbols(Promise.resolve(1)).length', '0'],
    ['(await import("node:util")).inspect(Promise.resolve(1), { showHidden: true })', "'Promise { 1 }'"],
  ])('in %s', async (code, shown) => {
    expect((await kernel.run(code)).result).toBe(shown);
  });

  test.each([
    'const timer = setTimeout(() => {}, 1); timer',
    'const soon = setImmediate(() => {}); soon',
    'import { AsyncResource } from "node:async_hooks"; new AsyncResource("mine")',
    'import { createServer } from "node:net"; const server = createServer().listen(0); setTimeout(() => server.close(), 20); server',
    'import { EventEmitter } from "node:events"; new EventEmitter()',
    '(await import("node:fs/promises")).readFile("nowhere").catch((error) => error)',
  ])('in %s', async (code) => {
    const { result = '', error } = await kernel.run(`// @ts-nocheck\n${code}`);
    expect(error).toBeUndefined();
    expect(result).not.toBe('');
    expect(result).not.toMatch(/kResourceStore|allowStdin|cancelled|Inkwell/i);
  });

  test('awaits, timers and callbacks still belong to their cell', async () => {
    const code =
      'await null; await new Promise((resolve) => setTimeout(resolve, 5)); console.log("here"); queueMicrotask(() => console.log("there")); await null;';
    expect((await kernel.run(code)).stdout).toBe('here\nthere\n');
  });
});

test('comms, both ways', async () => {
  await kernel.run(
    '// @ts-nocheck\njupyter.comms.register("echo", (comm, event) => { comm.send({ opened: event.data }); comm.onMessage = ({ data }) => comm.send({ twice: data.n * 2 }); });',
  );
  const data = (n: number): string => JSON.stringify({ comm_id: 'c1', data: { twice: n } });
  await kernel.tell('comm_open', { comm_id: 'c1', target_name: 'echo', data: { hello: 1 } });
  await kernel.tell('comm_msg', { comm_id: 'c1', data: { n: 21 } });
  const sent = (): string[] =>
    kernel.broadcast
      .filter(({ header }) => header.msg_type === 'comm_msg')
      .map(({ content }) => JSON.stringify(content));
  await kernel.waitFor('the echo', () => sent().includes(data(42)));
  const info = await kernel.request('comm_info_request', { target_name: 'echo' });
  expect(info.content).toEqual({ status: 'ok', comms: { c1: { target_name: 'echo' } } });
  await kernel.tell('comm_open', { comm_id: 'c2', target_name: 'nobody', data: {} });
  await kernel.waitFor('the refusal', () =>
    kernel.broadcast.some(
      ({ header, content }) => header.msg_type === 'comm_close' && content['comm_id'] === 'c2',
    ),
  );
  const opened = await kernel.run('// @ts-nocheck\njupyter.comms.open("front-end", { a: 1 }).id');
  expect(opened.outputs[0]).toMatchObject({
    type: 'comm_open',
    content: { target_name: 'front-end', data: { a: 1 } },
  });
});

describe('strangers', () => {
  test('a wrong signature, a replay and malformed frames do nothing', async () => {
    const evil = 'globalThis.hacked = true';
    const build = messageBuilder('stranger');
    const message = build('execute_request', { content: { code: evil } });
    await kernel.shell.send(createCodec('not the key').encode(message));
    await kernel.shell.send(createCodec('').encode(message));
    await kernel.shell.send(['no delimiter']);
    await kernel.shell.send(['<IDS|MSG>', 'short']);
    const counted = build('execute_request', {
      content: { code: '// @ts-nocheck\nglobalThis.runs = (globalThis.runs ?? 0) + 1' },
    });
    const frames = kernel.codec.encode(counted);
    await kernel.shell.send(frames);
    await kernel.shell.send(frames);
    // The shell is answered in order: after this cell all the others have been looked at.
    const { result } = await kernel.run('// @ts-nocheck\n["hacked" in globalThis, globalThis.runs]');
    expect(result).toBe('[ false, 1 ]');
  });

  test('10,000 fuzzed messages: no crash, no execution', async () => {
    const build = messageBuilder('fuzz');
    for (let i = 0; i < 10_000; i++) {
      const frames = kernel.codec.encode(
        build('execute_request', { content: { code: 'globalThis.fuzzed = true' } }),
      );
      const victim = 1 + (i % (frames.length - 1));
      const bytes = Buffer.from(frames[victim] ?? Buffer.alloc(0));
      if (bytes.length === 0 || i % 3 === 0) frames[victim] = randomBytes(i % 64);
      else bytes.writeUInt8((bytes[i % bytes.length] ?? 0) ^ (1 + (i % 255)), i % bytes.length);
      if (i % 3 !== 0) frames[victim] = bytes;
      await (i % 2 === 0 ? kernel.shell : kernel.control).send(frames);
    }
    expect((await kernel.run('// @ts-nocheck\n"fuzzed" in globalThis')).result).toBe('false');
  });

  test('well-signed nonsense is answered, not obeyed', async () => {
    const reply = await kernel.request('execute_request', { code: 5 });
    expect(reply.content).toMatchObject({ status: 'error', ename: 'TypeError' });
    await kernel.tell('no_such_request', {});
    await kernel.tell('comm_msg', { comm_id: 'unknown', data: {} });
    expect((await kernel.run('1 + 1')).result).toBe('2');
  });
});
