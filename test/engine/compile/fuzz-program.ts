/** One run of a random function: the operations that it makes of what it is given, and its loss. */
import type { Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';
import { anyOperations, type Operation, type Surroundings } from './fuzz-operations';
import { pictureOperations } from './fuzz-pictures';
import { rowOperations } from './fuzz-rows';

export interface Given {
  readonly parameters: readonly tf.Tensor[];
  readonly values: readonly tf.Tensor[];
  readonly labels: tf.Tensor;
  /** Whether all numbers are whole, or halves, and must stay exact. */
  readonly whole: boolean;
  readonly note: (text: string) => void;
}

/**
 * Those that round nothing of whole numbers: what is equal then stays equal however it is computed, and ties are
 * ties. (Where rounding decides which of two numbers is the larger, gradients go different ways.)
 */
const exact: ReadonlySet<string> = new Set(
  `relu step neg abs cast sameShape thereAndBack zero addScalarParameter mulParameterOfOne add sub maximum
  where clip addVector vectorAdd scaleVector reverse halves convolve convolveAndShift block blockBefore blockOfAny
  blockLinear residual squares maxPool pixels largest border turn multiply dense denseRelu pack split gather`.split(
    /\s+/,
  ),
);

/** One run of a function: the tensors that it has made so far. */
export class Program implements Surroundings {
  private readonly values: tf.Tensor[];

  constructor(
    readonly random: Random,
    private readonly given: Given,
  ) {
    this.values = [...given.values];
  }

  /** Makes all operations, and one number of the last tensors. */
  loss(): tf.Scalar {
    const steps = 2 + this.random.integer(9);
    for (let i = 0; i < steps; i++)
      this.take(
        this.random.uniform() < 0.6 ? (this.values.at(-1) as tf.Tensor) : this.random.pick(this.values),
      );
    const rows = this.values.filter(({ rank, shape }) => rank === 2 && (shape[1] as number) > 1);
    const losses = [tf.mean(tf.square(this.values.at(-1) as tf.Tensor))];
    if (rows.length > 0 && this.random.uniform() < 0.6) losses.push(this.classes(this.random.pick(rows)));
    if (this.random.uniform() < 0.4) losses.push(tf.mean(tf.tanh(this.random.pick(this.values))));
    return tf.addN(losses) as tf.Scalar;
  }

  /** Some of the tensors that it made. */
  some(random: Random): tf.Tensor[] {
    return this.values.filter(() => random.uniform() < 0.3);
  }

  parameter(...shape: (number | undefined)[]): tf.Tensor {
    const fit = this.given.parameters.filter(
      (one) =>
        one.rank === shape.length && shape.every((size, i) => size === undefined || size === one.shape[i]),
    );
    return this.random.pick(fit);
  }

  /** A tensor of the same shape. */
  like(x: tf.Tensor): tf.Tensor {
    return this.random.pick(this.values.filter(({ shape }) => shape.join() === x.shape.join()));
  }

  private take(x: tf.Tensor): void {
    const own = x.rank === 4 ? pictureOperations : x.rank === 2 ? rowOperations : {};
    const fits = (name: string): boolean => !this.given.whole || exact.has(name);
    const preferred = this.random.uniform() < 0.6 ? Object.keys(own).filter(fits) : [];
    const all = { ...anyOperations, ...own };
    const name = this.random.pick(preferred.length > 0 ? preferred : Object.keys(all).filter(fits));
    const made = (all[name] as Operation)(x, this);
    this.given.note(`${this.values.length} [${made.shape}] = ${name}(${this.values.indexOf(x)})`);
    this.values.push(made);
  }

  /** A loss of classes, in one of the ways to write it. */
  private classes(logits: tf.Tensor): tf.Tensor {
    const { random } = this;
    const [rows = 0, classes = 0] = logits.shape;
    const labels = this.labels(rows, classes);
    const kind = random.pick(['losses', 'chain', 'softmax', 'sigmoid', 'plain']);
    this.given.note(`${kind} cross-entropy of [${logits.shape}]`);
    switch (kind) {
      case 'losses':
        return tf.losses.softmaxCrossEntropy(
          labels as tf.Tensor2D,
          logits as tf.Tensor2D,
          undefined,
          random.pick([0, 0, 0.1]),
        );
      case 'chain': {
        const shifted = tf.sub(logits, tf.max(logits, -1, true));
        const sums = tf.sum(tf.exp(shifted), -1, true);
        return tf.mean(tf.sum(tf.mul(labels, tf.sub(tf.log(sums), shifted)), random.pick([-1, 1])));
      }
      case 'softmax':
        return tf.mean(tf.square(tf.sub(tf.softmax(logits), labels)));
      case 'sigmoid':
        return tf.losses.sigmoidCrossEntropy(labels as tf.Tensor2D, logits as tf.Tensor2D);
      default:
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), labels), 1)));
    }
  }

  private labels(rows: number, classes: number): tf.Tensor {
    const { random } = this;
    const { labels } = this.given;
    const fit = labels.shape[0] === rows && random.uniform() < 0.8;
    const numbers = fit
      ? labels
      : tf.range(0, rows, 1, 'int32').mod(tf.scalar(Math.max(1, classes), 'int32'));
    const oneHot = tf.oneHot(numbers as tf.Tensor1D, classes);
    const kind = random.pick(['oneHot', 'oneHot', 'smooth', 'any']);
    const floats = tf.cast(oneHot, 'float32');
    if (kind === 'smooth') return tf.add(tf.mul(floats, 0.9), 0.1 / Math.max(1, classes));
    return kind === 'any' ? tf.sub(tf.mul(floats, 1.5), 0.2) : floats;
  }
}
