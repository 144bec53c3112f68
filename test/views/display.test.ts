import { inspect } from 'node:util';
import { Kernel } from 'inkwell/client/kernel';
import { findKernel } from 'inkwell/client/kernelspecs';
import { projectRoot } from 'inkwell/core/paths';
import { bundleOf, createLiveDisplay, display, inkwellDisplay } from 'inkwell/views/display';
import { createView } from 'inkwell/views/view';

const view = createView({ 'text/html': '<b>hello</b>', 'text/plain': 'hello' });

describe('a view', () => {
  test('shows its bundle to a notebook and its text to a log', () => {
    expect(bundleOf(view)).toEqual({ 'text/html': '<b>hello</b>', 'text/plain': 'hello' });
    expect(inspect(view)).toBe('hello');
    expect(`${view}`).toBe('hello');
  });

  test('needs text', () => {
    expect(() => createView({ 'text/html': '' })).toThrow('the bundle needs text/plain, got text/html');
  });
});

test('in plain Node the text is printed', () => {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    display(view);
    display('text');
    display({ a: [1] });
  } finally {
    console.log = log;
  }
  expect(lines).toEqual(['hello', 'text', '{ a: [ 1 ] }']);
  expect(createLiveDisplay()).toBeUndefined();
});

test("a kernel's hook gets the bundle, and one display id for what is replaced", () => {
  const calls: unknown[][] = [];
  const scope = globalThis as Record<symbol, unknown>;
  scope[inkwellDisplay] = (...args: unknown[]) => calls.push(args);
  try {
    display(view);
    const live = createLiveDisplay();
    live?.show('one');
    live?.show('two');
  } finally {
    delete scope[inkwellDisplay];
  }
  expect(calls[0]).toEqual([view.bundle, {}]);
  const [, first, second] = calls.map(
    ([, options]) => options as { transient: { display_id: string }; update: boolean },
  );
  expect([first?.update, second?.update]).toEqual([false, true]);
  expect(first?.transient.display_id).toBe(second?.transient.display_id);
  expect(calls[2]?.[0]).toEqual({ 'text/plain': 'two' });
});

describe('on a stock tslab kernel', () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await Kernel.start(await findKernel('tslab'), { directory: projectRoot() });
  });
  afterAll(() => kernel.shutdown());

  test('one message carries the whole bundle', async () => {
    const { status, outputs } = await kernel.execute(`
      import { pixelTable } from 'inkwell/views/pixel-table';
      import { display } from 'inkwell/views/display';
      display(pixelTable([[0, 255]]));
    `);
    expect(status).toBe('ok');
    expect(outputs).toHaveLength(1);
    expect(outputs[0]).toMatchObject({
      output_type: 'display_data',
      data: { 'text/plain': '      0   1\n  0   0 255', 'text/html': expect.stringContaining('<table') },
    });
  });

  test('a progress bar leaves one line', async () => {
    const { outputs } = await kernel.execute(`
      import { progressBar } from 'inkwell/views/progress-bar';
      const bar = progressBar({ total: 30, label: 'Training', updateEveryMs: 0 });
      for (let step = 1; step <= 30; step++) bar.update(step, { loss: 1 / step });
      bar.close();
    `);
    expect(outputs).toHaveLength(1);
    expect(JSON.stringify(outputs)).toMatch(/Training: 100% 30 \/ 30 steps/);
  });
});
