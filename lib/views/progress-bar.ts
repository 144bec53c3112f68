/**
 * A progress bar for loops. In a notebook it is one output that is replaced as
 * the loop goes on, so what stays in the file is one tidy line; elsewhere a
 * plain line is printed now and then. It has no timers: a loop that never
 * yields still shows its progress, and a loop that throws leaves nothing behind.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFunction, aNumber, anObject, aString } from '../core/argument-kinds';
import { escapeHtml } from '../core/html';
import type { ProgressListener } from '../core/progress';
import { htmlElement } from '../frames/html';
import { createLiveDisplay } from './display';
import { type ProgressState, progressDetails, progressLine, shareDone } from './progress-text';
import { createView, type View } from './view';

/** How a progress bar counts and looks. */
export interface ProgressBarOptions {
  /** What counts as all, ≥ 0; leave out where it is unknown. */
  readonly total?: number;
  /** What is under way, e.g. `Training`. */
  readonly label?: string;
  /** What is counted; default `steps`. `bytes` are written as MB. */
  readonly unit?: string;
  /** Least time between two updates in a notebook; default 100. */
  readonly updateEveryMs?: number;
  /** Least time between two printed lines elsewhere; default 5000. */
  readonly printEveryMs?: number;
  /** The clock, in ms; for tests. */
  readonly now?: () => number;
}

/** A bar under way. */
export interface ProgressBar {
  /**
   * Says how much is done by now, 0 … total, and what is measured on the way.
   * Throws RangeError outside that range, Error after `close()`.
   */
  update(done: number, values?: Readonly<Record<string, number | string>>): void;
  /** Shows the last state for good; a second call does nothing. */
  close(): void;
}

/**
 * Starts a progress bar.
 *
 * @example
 * const bar = progressBar({ total: epochs, label: 'Training', unit: 'epochs' });
 * for (let epoch = 1; epoch <= epochs; epoch++) bar.update(epoch, { loss: await trainEpoch() });
 * bar.close();
 */
export function progressBar(options: ProgressBarOptions = {}): ProgressBar {
  checkOptions('progressBar', options, {
    total: aNumber,
    label: aString,
    unit: aString,
    updateEveryMs: aNumber,
    printEveryMs: aNumber,
    now: aFunction,
  });
  const {
    total,
    label = '',
    unit = 'steps',
    updateEveryMs = 100,
    printEveryMs = 5000,
    now = () => performance.now(),
  } = options;
  if (total !== undefined && !(total >= 0 && Number.isFinite(total))) {
    throw new RangeError(`progressBar: total must be a number from 0, got ${total}`);
  }
  const live = createLiveDisplay();
  const startedAt = now();
  let shownAt = startedAt;
  let state: ProgressState = { label, done: 0, total, unit, elapsedMs: 0, values: {}, closed: false };
  const show = (): void => {
    shownAt = now();
    if (live) live.show(progressView(state));
    else console.log(progressLine(state));
  };
  // A notebook shows at once that something has begun; a log needs no line for that.
  if (live) show();
  return {
    update(done, values = state.values) {
      if (state.closed) throw new Error('ProgressBar.update: the bar is closed; make a new one');
      checkArguments('ProgressBar.update', { done, values }, { done: aNumber, values: anObject });
      if (!(done >= 0 && done <= (total ?? Number.MAX_VALUE))) {
        throw new RangeError(`ProgressBar.update: done must be in 0 … ${total ?? 'the total'}, got ${done}`);
      }
      state = { ...state, done, values, elapsedMs: now() - startedAt };
      if (now() - shownAt >= (live ? updateEveryMs : printEveryMs)) show();
    },
    close() {
      if (state.closed) return;
      state = { ...state, closed: true };
      show();
    },
  };
}

const TRACK =
  'display:inline-block;vertical-align:middle;width:160px;height:8px;margin:0 8px;border-radius:4px;overflow:hidden';
const EXACT = '-webkit-print-color-adjust:exact;print-color-adjust:exact';

/** A state as a view: a bar and one line of text. */
export function progressView(state: ProgressState): View {
  const share = shareDone(state);
  const percent = Math.floor((share ?? 0) * 100);
  const fill = htmlElement(
    'span',
    { style: `display:block;height:8px;width:${percent}%;background:#3a7ca5;${EXACT}` },
    '',
  );
  const track = {
    role: 'img',
    'aria-label': `${percent} percent`,
    style: `${TRACK};background:#8885;${EXACT}`,
  };
  const bar = share === undefined ? ' ' : `${htmlElement('span', track, fill)}${percent}% `;
  const details = htmlElement('span', { style: 'opacity:0.85' }, escapeHtml(progressDetails(state)));
  const style = 'font-size:0.9em;font-variant-numeric:tabular-nums';
  return createView({
    'text/html': htmlElement(
      'div',
      { class: 'inkwell-progress', style },
      escapeHtml(state.label) + bar + details,
    ),
    'text/plain': progressLine(state),
  });
}

/**
 * A listener for whatever reports progress as plain data (downloads, builds):
 * one bar a label, closed when its total is reached.
 */
export function progressListener(
  options: Pick<ProgressBarOptions, 'updateEveryMs' | 'printEveryMs' | 'now'> = {},
): ProgressListener {
  const bars = new Map<string, ProgressBar>();
  return ({ label, done, total, unit }) => {
    let bar = bars.get(label);
    if (!bar) {
      bar = progressBar({ ...options, label, unit, ...(total !== undefined && { total }) });
      bars.set(label, bar);
    }
    // A server may send more bytes than it announced.
    bar.update(Math.min(done, total ?? done));
    if (done !== total) return;
    bar.close();
    bars.delete(label);
  };
}
