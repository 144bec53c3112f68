/**
 * Schedules: a number that changes while training, such as the learning rate,
 * as a function of where training is. They return plain numbers; the loop
 * hands them to the step as tensors, so no schedule is frozen into a graph.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aNumber } from '../core/argument-kinds';

/** Where training is. */
export interface Moment {
  /** Steps done since the start of the fit, 0, 1, … */
  readonly step: number;
  /** All steps of the fit. */
  readonly steps: number;
  /** The epoch, 0, 1, … */
  readonly epoch: number;
  readonly epochs: number;
}

export type Schedule = (moment: Moment) => number;

/** The same number throughout. */
export function constant(value: number): Schedule {
  checkArguments('constant', { value }, { value: aNumber });
  return () => value;
}

/** `value`, multiplied by `factor` after every `every` epochs. */
export function stepDecay(
  value: number,
  options: { readonly factor?: number; readonly every: number },
): Schedule {
  checkArguments('stepDecay', { value }, { value: aNumber });
  checkOptions('stepDecay', options, { factor: aNumber, every: required(aNumber) });
  const { factor = 0.1, every } = options;
  if (!(every >= 1)) throw new RangeError(`stepDecay: every must be at least 1 epoch, got ${every}`);
  return ({ epoch }) => value * factor ** Math.floor(epoch / every);
}

/** From `from` to `to` by equal factors, an epoch each: 1e-3 → 1e-6 in Ciresan et al., 2010. */
export function exponential(from: number, to: number): Schedule {
  checkArguments('exponential', { from, to }, { from: aNumber, to: aNumber });
  if (!(from > 0 && to > 0)) {
    throw new RangeError(`exponential: both ends must be above 0, got ${from} and ${to}`);
  }
  return ({ epoch, epochs }) => from * (to / from) ** (epochs > 1 ? epoch / (epochs - 1) : 0);
}

/** Half a cosine from `from` to `to`, step by step (Loshchilov and Hutter, 2016). */
export function cosine(from: number, to: number = 0): Schedule {
  checkArguments('cosine', { from, to }, { from: aNumber, to: aNumber });
  return ({ step, steps }) => halfCosine(from, to, steps > 1 ? step / (steps - 1) : 0);
}

export interface OneCycleOptions {
  /** The share of the steps that go up; default 0.25. */
  readonly warmup?: number;
  /** The first rate is `peak / startDivisor`; default 25. */
  readonly startDivisor?: number;
  /** The last rate is `peak / endDivisor`; default 1e5. */
  readonly endDivisor?: number;
}

/** Up to `peak` and down again, both as half cosines (Smith, 2018; the shares are fastai's). */
export function oneCycle(peak: number, options: OneCycleOptions = {}): Schedule {
  checkArguments('oneCycle', { peak }, { peak: aNumber });
  checkOptions('oneCycle', options, { warmup: aNumber, startDivisor: aNumber, endDivisor: aNumber });
  const { warmup = 0.25, startDivisor = 25, endDivisor = 1e5 } = options;
  if (!(warmup > 0 && warmup < 1)) throw new RangeError(`oneCycle: warmup must be in (0, 1), got ${warmup}`);
  return ({ step, steps }) => {
    const share = steps > 1 ? step / (steps - 1) : 0;
    if (share < warmup) return halfCosine(peak / startDivisor, peak, share / warmup);
    return halfCosine(peak, peak / endDivisor, (share - warmup) / (1 - warmup));
  };
}

function halfCosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** A number or a schedule, as a schedule. */
export function asSchedule(value: number | Schedule): Schedule {
  return typeof value === 'number' ? constant(value) : value;
}
