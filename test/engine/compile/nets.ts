/** Small nets of the kinds that the book trains, written in plain tfjs. */
import type { normaliseBatch } from 'inkwell/engine/batch-norm';
import { type RandomStream, randomStream } from 'inkwell/engine/compile/random-stream';
import * as tf from 'inkwell/engine/tf';

/** A net with its own weights, the same at each call of its maker. */
export interface Net {
  readonly variables: readonly tf.Variable[];
  readonly inputShape: readonly number[];
  logits(xs: tf.Tensor): tf.Tensor2D;
}

let seed = 0;

function weights(shape: number[], fanIn: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, 1 / Math.sqrt(fanIn), 'float32', ++seed)));
}

function dense(sizes: readonly number[]): { variables: tf.Variable[]; apply(x: tf.Tensor2D): tf.Tensor2D } {
  const layers = sizes.slice(1).map((units, i) => {
    const inputs = sizes[i] as number;
    return { w: weights([inputs, units], inputs), b: weights([units], 1e4) };
  });
  return {
    variables: layers.flatMap(({ w, b }) => [w, b]),
    apply: (x) =>
      layers.reduce((h, { w, b }, i) => {
        const z = h.matMul(w as unknown as tf.Tensor2D).add<tf.Tensor2D>(b);
        return i < layers.length - 1 ? z.relu() : z;
      }, x),
  };
}

export function mlp(): Net {
  seed = 10;
  const { variables, apply } = dense([12, 16, 4]);
  return { variables, inputShape: [12], logits: (xs) => apply(xs as tf.Tensor2D) };
}

export function convNet(pool: 'max' | 'avg', stream: RandomStream = randomStream(1)): Net {
  seed = 20;
  const kernels = [weights([3, 3, 1, 4], 9), weights([3, 3, 4, 6], 36)] as const;
  const { variables, apply } = dense([2 * 2 * 6, 10, 4]);
  const block = (x: tf.Tensor4D, kernel: tf.Variable): tf.Tensor4D => {
    const y = tf.conv2d(x, kernel as unknown as tf.Tensor4D, 1, 'same').relu<tf.Tensor4D>();
    return pool === 'max' ? tf.maxPool(y, 2, 2, 'valid') : tf.avgPool(y, 2, 2, 'valid');
  };
  return {
    variables: [...kernels, ...variables],
    inputShape: [8, 8, 1],
    logits: (xs) => {
      const features = kernels.reduce(block, xs as tf.Tensor4D).reshape([xs.shape[0], -1]);
      return apply(stream.dropout(features as tf.Tensor2D, 0.8));
    },
  };
}

export function lstm(): Net {
  seed = 30;
  const units = 6;
  const w = weights([5 + units, 4 * units], 5 + units);
  const { variables, apply } = dense([units, 4]);
  return {
    variables: [w, ...variables],
    inputShape: [7, 5],
    logits: (xs) => {
      let h = tf.zeros<tf.Rank.R2>([xs.shape[0] as number, units]);
      let c = h;
      for (const x of tf.unstack(xs, 1)) {
        const z = tf.concat([x as tf.Tensor2D, h], 1).matMul(w as unknown as tf.Tensor2D);
        const [input, candidate, forget, output] = tf.split(z, 4, 1) as [
          tf.Tensor2D,
          tf.Tensor2D,
          tf.Tensor2D,
          tf.Tensor2D,
        ];
        c = c.mul<tf.Tensor2D>(forget.sigmoid()).add(input.sigmoid().mul(candidate.tanh()));
        h = c.tanh().mul(output.sigmoid());
      }
      return apply(h);
    },
  };
}

/** Batch normalisation in training, with running statistics as further variables. */
export function normalised(): Net {
  seed = 40;
  const { variables, apply } = dense([12, 4]);
  const gamma = tf.variable(tf.ones([12]));
  const running = tf.variable(tf.zeros([12]), false);
  return {
    variables: [gamma, ...variables],
    inputShape: [12],
    logits: (xs) => {
      const { mean, variance } = tf.moments(xs, 0);
      running.assign(running.mul(0.9).add(mean.mul(0.1)));
      return apply(xs.sub(mean).div(variance.add(1e-3).sqrt()).mul(gamma).add(running) as tf.Tensor2D);
    },
  };
}

/**
 * Convolutions wide enough for those of our own, with batch normalisation and a way around two. Nothing in it has a
 * kink: where a ReLU is about to open, or two numbers in a window are all but equal, rounding decides what a net learns.
 */
export function residual(normalise: typeof normaliseBatch): Net {
  seed = 50;
  const filters = [weights([3, 3, 1, 16], 9), weights([3, 3, 16, 16], 144), weights([3, 3, 16, 16], 144)];
  const scales = filters.map(() => tf.variable(tf.ones([16])));
  const shifts = filters.map(() => tf.variable(tf.zeros([16])));
  const { variables, apply } = dense([4 * 4 * 16, 4]);
  const convolve = (x: tf.Tensor, i: number): tf.Tensor => {
    const sums = tf.conv2d(x as tf.Tensor4D, filters[i] as unknown as tf.Tensor4D, 1, 'same');
    const averages = { movingMean: tf.zeros([16]), movingVariance: tf.ones([16]) };
    const tensors = { scale: scales[i] as tf.Tensor, shift: shifts[i] as tf.Tensor, ...averages };
    return normalise(sums, tensors, { momentum: 0.9, epsilon: 0.01 }).outputs;
  };
  return {
    variables: [...filters, ...scales, ...shifts, ...variables],
    inputShape: [8, 8, 1],
    logits: (xs) => {
      const first = tf.elu(convolve(xs, 0));
      const block = tf.elu(tf.add(convolve(tf.elu(convolve(first, 1)), 2), first));
      return apply(tf.avgPool(block as tf.Tensor4D, 2, 2, 'valid').reshape([xs.shape[0] as number, -1]));
    },
  };
}
