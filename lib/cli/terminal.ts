/**
 * What the command line writes: results to stdout, everything that passes by
 * (progress, notes) to stderr, so that `--json` stays clean. On a terminal
 * progress redraws one line; elsewhere it prints a plain line now and then.
 */
import type { Progress, ProgressListener } from '../core/progress';

/** At most so many plain progress lines for one label. */
const PLAIN_STEPS = 4;

const UNITS: readonly string[] = ['B', 'kB', 'MB', 'GB'];

/** 273829956 → `273.8 MB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

/** 61200 → `61.2 s`, 312 → `0.3 s`. */
export function formatDuration(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

function describe({ label, done, total, unit }: Progress): string {
  const show = (value: number): string => (unit === 'bytes' ? formatBytes(value) : String(value));
  const share = total === undefined || total === 0 ? '' : ` ${Math.floor((100 * done) / total)} %`;
  return `${label}: ${show(done)}${total === undefined ? '' : ` of ${show(total)}`}${share}`;
}

export interface Terminal {
  /** A note that stays, on stderr. */
  note(line: string): void;
  /** What is going on right now, on stderr; the next line replaces it on a terminal. */
  status(line: string): void;
  readonly progress: ProgressListener;
}

/**
 * A terminal on a stream.
 *
 * @param stream where to write (default stderr); redraws only where it is a TTY.
 */
export function createTerminal(stream: NodeJS.WriteStream = process.stderr): Terminal {
  let drawn = false;
  const printed = new Map<string, number>();
  const erase = (): void => {
    if (drawn) stream.write('\r\x1b[2K');
    drawn = false;
  };
  const note = (line: string): void => {
    erase();
    stream.write(`${line}\n`);
  };
  const draw = (line: string): void => {
    erase();
    stream.write(line.slice(0, Math.max(20, (stream.columns || 80) - 1)));
    drawn = true;
  };
  const plainProgress = (progress: Progress): void => {
    const { label, done, total } = progress;
    const step = total ? Math.floor((PLAIN_STEPS * done) / total) : 0;
    if (printed.get(label) === step) return;
    printed.set(label, step);
    note(`  ${describe(progress)}`);
  };
  return {
    note,
    status: stream.isTTY ? draw : note,
    progress: stream.isTTY ? (progress) => draw(`  ${describe(progress)}`) : plainProgress,
  };
}

/**
 * A table in plain text, columns padded, first row the heading.
 *
 * @param rows all of one length.
 */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const format = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
      .join('   ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('───');
  return rows.flatMap((row, i) => (i === 0 ? [format(row), rule] : [format(row)])).join('\n');
}
