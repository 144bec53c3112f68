import { jupyterDisplay } from 'inkwell/frames/displayable';
import { inkwellDisplay } from 'inkwell/views/display';
import { progressBar, progressListener, progressView } from 'inkwell/views/progress-bar';
import { formatAmount, formatDuration } from 'inkwell/views/progress-text';

interface Shown {
  text: unknown;
  id: string | undefined;
  update: boolean | undefined;
}

/** Runs with a notebook's hook in place and gives what it was asked to show. */
function inNotebook(run: () => void): Shown[] {
  const shown: Shown[] = [];
  const scope = globalThis as Record<symbol, unknown>;
  scope[inkwellDisplay] = (
    bundle: Record<string, unknown>,
    options: { transient?: { display_id: string }; update?: boolean },
  ) => shown.push({ text: bundle['text/plain'], id: options.transient?.display_id, update: options.update });
  try {
    run();
  } finally {
    delete scope[inkwellDisplay];
  }
  return shown;
}

/** Runs in plain Node and gives the lines printed. */
function inTerminal(run: () => void): string[] {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    run();
  } finally {
    console.log = log;
  }
  return lines;
}

/** A loop of `steps` steps, each of which takes so long. */
function loop(steps: number, stepMs: number): void {
  let time = 0;
  const bar = progressBar({ total: steps, label: 'Training', unit: 'epochs', now: () => time });
  for (let step = 1; step <= steps; step++) {
    time += stepMs;
    bar.update(step, { loss: 1 / step });
  }
  bar.close();
  bar.close();
}

describe('progressBar in a notebook', () => {
  test('replaces one output, and what stays is one tidy line', () => {
    const shown = inNotebook(() => loop(4, 200));
    expect(shown.map(({ update }) => update)).toEqual([false, true, true, true, true, true]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(1);
    expect(shown[0]?.text).toBe('Training:   0% 0 / 4 epochs');
    expect(shown[2]?.text).toBe('Training:  50% 2 / 4 epochs · 0.4 s · 5/s · 0.4 s left · loss 0.5');
    expect(shown.at(-1)?.text).toBe('Training: 100% 4 / 4 epochs · 0.8 s · 5/s · loss 0.25');
  });

  test('a fast loop does not flood it', () => {
    const shown = inNotebook(() => loop(10_000, 0.1));
    expect(shown.length).toBeLessThanOrEqual(12);
    expect(shown.at(-1)?.text).toContain('10,000 / 10,000 epochs');
  });

  test('two bars are two outputs', () => {
    const shown = inNotebook(() => {
      progressBar({ total: 1 }).close();
      progressBar({ total: 1 }).close();
    });
    expect(new Set(shown.map(({ id }) => id)).size).toBe(2);
    expect(shown[1]?.text).toBe('  0% 0 / 1 steps · stopped');
  });
});

describe('progressBar elsewhere', () => {
  test('prints a line now and then and one at the end, without control characters', () => {
    const lines = inTerminal(() => loop(4, 3000));
    expect(lines).toEqual([
      'Training:  50% 2 / 4 epochs · 6.0 s · 0.33/s · 6.0 s left · loss 0.5',
      'Training: 100% 4 / 4 epochs · 12 s · 0.33/s · 0.0 s left · loss 0.25',
      'Training: 100% 4 / 4 epochs · 12 s · 0.33/s · loss 0.25',
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });

  test('a short loop prints one line', () => {
    expect(inTerminal(() => loop(3, 10))).toHaveLength(1);
  });
});

test('wrong use is named', () => {
  const bar = progressBar({ total: 3 });
  expect(() => bar.update(4)).toThrow(new RangeError('ProgressBar.update: done must be in 0 … 3, got 4'));
  inTerminal(() => bar.close());
  expect(() => bar.update(1)).toThrow('the bar is closed');
  expect(() => progressBar({ total: -1 })).toThrow('total must be a number from 0, got -1');
});

test('the HTML has a bar with a label and escapes its words', () => {
  const view = progressView({
    label: '<b>',
    done: 1,
    total: 4,
    unit: 'steps',
    elapsedMs: 0,
    values: { note: '<i>' },
    closed: false,
  });
  const html = view[jupyterDisplay]()['text/html'];
  expect(html).toContain('role="img" aria-label="25 percent"');
  expect(html).toContain('width:25%');
  expect(html).toContain('&lt;b&gt;');
  expect(html).toContain('note &lt;i&gt;');
});

test('a listener makes one bar a label, with or without a total', () => {
  const shown = inNotebook(() => {
    const listen = progressListener({ now: () => 0 });
    listen({ label: 'a', done: 500, total: 2000, unit: 'bytes' });
    listen({ label: 'b', done: 7, unit: 'steps' });
    listen({ label: 'a', done: 2001, total: 2000, unit: 'bytes' });
    listen({ label: 'a', done: 2000, total: 2000, unit: 'bytes' });
  });
  expect(shown.map(({ text }) => text)).toEqual([
    'a:   0% 0 bytes / 2 kB',
    'b: 0 steps',
    'a: 100% 2 kB / 2 kB',
  ]);
});

test.each([
  [400, '0.4 s'],
  [9949, '9.9 s'],
  [9960, '10 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
])('%i ms are %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test('amounts', () => {
  expect(formatAmount(11_490_434, 'bytes')).toBe('11.5 MB');
  expect(formatAmount(0, 'bytes')).toBe('0 bytes');
  expect(formatAmount(60_000, 'steps')).toBe('60,000');
});
