/**
 * Random functions of plain tfjs operations around the patterns that compile()'s
 * rules look for: pictures that are convolved, shifted, cut off and pooled in all
 * orders, rows that are multiplied and turned into classes, gradients that are
 * used and also returned, variables in all manner of updates.
 *
 * A function is never written down: each run draws it anew from the same seed,
 * which decides it together with the shapes.
 */
import { createRandom, type Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';
import type { Case, Side } from './fuzz-comparison';
import { Program } from './fuzz-program';
import { updateOf } from './fuzz-updates';

/** What is fixed of a case: sizes, and what its numbers are like. */
interface Frame {
  readonly seed: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filterSize: number;
  /** Whole numbers make ties; `odd` mixes in numbers that are none, and those close to zero. */
  readonly numbers: 'normal' | 'whole' | 'odd';
}

export interface ExpressionOptions {
  /** Told each operation as it is made, in words. */
  readonly onOperation?: (text: string) => void;
  /** Whether some arguments hold NaN, ∞ and numbers next to zero; default by the seed. */
  readonly odd?: boolean;
}

/** The case of a seed. */
export function expressionCase(seed: number, options: ExpressionOptions = {}): Case {
  const random = createRandom(seed);
  // Weights so large that a step on them is an operation of its own.
  const wide = random.uniform() < 0.05;
  const frame: Frame = {
    seed,
    count: random.pick([1, 2, 3, 5, 8, wide ? 4 : random.uniform() < 0.1 ? 0 : 33]),
    height: random.pick([4, 5, 6, 7, 8]),
    width: random.pick([4, 5, 6, 8]),
    channels: wide ? 512 : random.pick([1, 2, 3, 4, 8]),
    filterSize: wide ? 1 : random.pick([1, 2, 3, 3]),
    numbers: options.odd === true ? 'odd' : wide ? 'normal' : random.pick(['normal', 'normal', 'whole']),
  };
  const calls = random.pick([2, 3, 4, 9, 10]);
  return {
    open: () => openSide(frame, options),
    argumentsOf: (call) => argumentsOf(frame, call),
    calls,
    together: calls >= 9,
    exact: frame.numbers === 'whole',
  };
}

function draw(random: Random, shape: readonly number[], frame: Frame): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  // What max pooling makes of NaN depends on who does it: see pooling-rules.ts.
  const huge = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e4];
  const odd = [-0, 1e-40, -1e-40, ...(shape.length === 4 ? [] : huge)];
  const value = (): number => {
    const normal = random.normal();
    if (frame.numbers === 'odd' && random.uniform() < 0.02) return random.pick(odd);
    return frame.numbers === 'whole' ? Math.round(normal) : normal;
  };
  return tf.tensor(Float32Array.from({ length: size }, value), [...shape]);
}

function argumentsOf(frame: Frame, call: number): tf.Tensor[] {
  const { seed, count, height, width, channels } = frame;
  const random = createRandom(seed).fork(`call ${call}`);
  const labels = Int32Array.from({ length: count }, () => random.integer(channels + 2) - 1);
  return [
    draw(random, [count, height, width, channels], frame),
    draw(random, [count, channels], frame),
    tf.tensor(labels, [count], 'int32'),
    tf.scalar(0.01 / (call + 1)),
  ];
}

function openSide(frame: Frame, options: ExpressionOptions): Side {
  const { seed, channels, filterSize } = frame;
  const random = createRandom(seed).fork('variables');
  const plain: Frame = { ...frame, numbers: frame.numbers === 'whole' ? 'whole' : 'normal' };
  const filters = [filterSize, filterSize, channels, channels];
  const matrix = [channels, channels];
  const shapes = [filters, filters, matrix, matrix, [channels], [channels], [], [1]];
  const scale = channels > 8 ? 1 / Math.sqrt(channels) : 0.5;
  // Each a second time: what optimizers remember.
  const variables = [...shapes, ...shapes].map((shape, i) =>
    tf.tidy(() => {
      const value = draw(random, shape, plain);
      return tf.variable(tf.mul(value, i < shapes.length ? scale : 0), false);
    }),
  );
  return { variables, step: (...args) => runStep(frame, variables, args, options) };
}

function runStep(
  frame: Frame,
  variables: readonly tf.Variable[],
  [xs, rows, labels, rate]: readonly tf.Tensor[],
  { onOperation }: ExpressionOptions,
): tf.Tensor[] {
  const count = variables.length / 2;
  const parameters = variables.slice(0, count);
  const forward = (...tensors: tf.Tensor[]): Program =>
    new Program(createRandom(frame.seed).fork('program'), {
      parameters: tensors.slice(0, count),
      values: [...tensors.slice(count), ...(tensors.length > count ? [] : [xs, rows])] as tf.Tensor[],
      labels: labels as tf.Tensor,
      whole: frame.numbers === 'whole',
      note: onOperation ?? (() => undefined),
    });
  const inputs = [...parameters, xs, rows] as tf.Tensor[];
  const { value, grads } = gradientsOf(() => forward(...inputs).loss(), inputs);
  const random = createRandom(frame.seed).fork('ends');
  const before = random.pick(parameters) as tf.Tensor;
  const results = [value, tf.mul(before, 1), before.clone()];
  if (random.uniform() < 0.5) results.push(...grads.slice(count));
  if (random.uniform() < 0.4) results.push(...grads.slice(0, random.integer(count)));
  if (random.uniform() < 0.5) {
    const again = forward(...inputs);
    again.loss();
    results.push(...again.some(random));
  }
  parameters.forEach((parameter, i) => {
    const state = variables[count + i] as tf.Variable;
    const others = parameters.filter(({ shape }) => shape.join() === parameter.shape.join());
    const parts = { parameter, state, others, gradient: grads[i] as tf.Tensor, rate: rate as tf.Scalar };
    // Rounding would decide which of two equal numbers is the larger.
    const update = updateOf(random, parts, { whole: frame.numbers === 'whole' });
    onOperation?.(`parameter ${i} [${parameter.shape}]: ${update.name}`);
    results.push(...update.apply());
  });
  if (random.uniform() < 0.5) results.push(random.pick(variables) as tf.Tensor);
  return results;
}

/** The gradients for all inputs, zeros for those that the value does not depend on. */
function gradientsOf(
  value: () => tf.Scalar,
  inputs: readonly tf.Tensor[],
): { readonly value: tf.Tensor; readonly grads: readonly tf.Tensor[] } {
  const found = tf.engine().gradients(value, [...inputs], undefined, true);
  // The typings do not tell that some may be missing.
  const grads = found.grads as readonly (tf.Tensor | null | undefined)[];
  return { value: found.value, grads: inputs.map((input, i) => grads[i] ?? tf.zerosLike(input)) };
}
