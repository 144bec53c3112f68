/**
 * The words of a progress bar: how much, how fast, how long still.
 */
import { formatCount, formatNumber } from '../frames/format';

/** Where a long job stands. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  /** Undefined while it is unknown. */
  readonly total: number | undefined;
  /** What is counted, e.g. `epochs`; `bytes` are written as kB, MB, GB. */
  readonly unit: string;
  readonly elapsedMs: number;
  /** What is measured on the way, e.g. `{ loss: 0.12 }`. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly closed: boolean;
}

/** Seconds below a minute, then minutes, then hours: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A count, or bytes as kB, MB, GB (powers of 1,000). */
export function formatAmount(amount: number, unit: string): string {
  if (unit !== 'bytes') return Number.isInteger(amount) ? formatCount(amount) : formatNumber(amount);
  const power = amount < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(amount) / 3));
  return `${formatNumber(amount / 1000 ** power, { digits: 3 })} ${BYTE_UNITS[power]}`;
}

/** Done, 0 … 1; undefined while the total is unknown. */
export function shareDone({ done, total }: ProgressState): number | undefined {
  return total === undefined ? undefined : total === 0 ? 1 : done / total;
}

/** What follows the bar, e.g. `10 / 25 epochs · 3.2 s · 3.1 /s · 4.8 s left · loss 0.12`. */
export function progressDetails(state: ProgressState): string {
  const { done, total, unit, elapsedMs, values, closed } = state;
  const amount = total === undefined ? '' : ` / ${formatAmount(total, unit)}`;
  const parts = [`${formatAmount(done, unit)}${amount}${unit === 'bytes' ? '' : ` ${unit}`}`];
  if (elapsedMs > 0) {
    parts.push(formatDuration(elapsedMs));
    if (done > 0) parts.push(`${formatAmount(rounded((done / elapsedMs) * 1000), unit)}/s`);
  }
  if (!closed && done > 0 && total !== undefined) {
    parts.push(`${formatDuration((elapsedMs * (total - done)) / done)} left`);
  }
  if (closed && total !== undefined && done < total) parts.push('stopped');
  for (const [name, value] of Object.entries(values)) {
    parts.push(`${name} ${typeof value === 'number' ? formatNumber(value) : value}`);
  }
  return parts.join(' · ');
}

/** Three significant digits are more than a rate is good for. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(rate < 1000 ? 2 : 3));
}

/** The whole state on one line, without control characters. */
export function progressLine(state: ProgressState): string {
  const share = shareDone(state);
  const percent = share === undefined ? '' : `${String(Math.floor(share * 100)).padStart(3)}% `;
  return `${state.label}${state.label && ': '}${percent}${progressDetails(state)}`;
}
