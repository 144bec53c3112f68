/**
 * Losses: one number that says how wrong a batch is, the mean over its
 * examples, with a gradient.
 *
 * | name | for outputs a and targets y |
 * |---|---|
 * | softmaxCrossEntropy | −Σ y·ln softmax(logits); with a softmax, Nielsen's log-likelihood |
 * | logLikelihood | −Σ y·ln a, for a net that ends in a softmax |
 * | quadratic | ½·Σ (a − y)² (Nielsen, chapter 1) |
 * | crossEntropy | −Σ [y·ln a + (1 − y)·ln(1 − a)], for sigmoid outputs (Nielsen, chapter 3) |
 * | sigmoidCrossEntropy | the same from logits |
 * | mnistLoss | mean of 1 − a where y is 1, a where y is 0, a = σ(logits) (Howard and Gugger, 2020, chapter 4) |
 * | meanSquaredError | mean of (a − y)² over every number |
 */
import { checkArguments } from '../core/argument';
import { aTensor } from '../engine/argument-kinds';
import * as tf from '../engine/tf';
import { shapeText } from '../layers/shape';

/** The mean loss of a batch; a scalar. To be called in a `tidy`. */
export type Loss = (outputs: tf.Tensor, targets: tf.Tensor) => tf.Scalar;

/** Keeps logarithms finite: the smallest probability that float32 tells from 0 safely. */
const TINY = 1e-12;

/**
 * Targets in the shape of the outputs: class numbers become one-hot rows.
 *
 * @param where the loss, for the error.
 * @param targets class numbers, `[count]` or `[count, steps]`, or already as the outputs.
 * @throws RangeError where they are neither.
 */
export function asTargets(where: string, outputs: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  checkArguments(where, { outputs, targets }, { outputs: aTensor, targets: aTensor });
  const text = shapeText(targets.shape);
  if (text === shapeText(outputs.shape)) return targets;
  const classes = outputs.shape.at(-1) as number;
  const places = outputs.shape.slice(0, -1);
  if (outputs.rank > 1 && text === shapeText(places)) {
    if (classes === 1) return tf.reshape(tf.cast(targets, 'float32'), outputs.shape);
    return tf.oneHot(tf.cast(targets, 'int32') as tf.Tensor1D, classes);
  }
  const rows = `${shapeText(outputs.shape)} or class numbers of shape ${shapeText(places)}`;
  throw new RangeError(`${where}: targets must have shape ${rows}, got ${text}`);
}

const mean = (values: tf.Tensor): tf.Scalar => tf.mean(values) as tf.Scalar;
const meanOfSums = (values: tf.Tensor): tf.Scalar => mean(tf.sum(values, -1));

/** −Σ y·ln softmax(logits). Targets: class numbers or rows that sum to 1. */
export const softmaxCrossEntropy: Loss = (logits, targets) => {
  const rows = tf.cast(asTargets('softmaxCrossEntropy', logits, targets), 'float32');
  return softmaxCrossEntropyOp(logits, rows) as tf.Scalar;
};

/** The gradient is `(softmax − y) / count`: shorter than the chain of its parts, and exact for large logits. */
const softmaxCrossEntropyOp = (logits: tf.Tensor, rows: tf.Tensor): tf.Tensor =>
  tf.customGrad((...inputs) => {
    const [values, wanted, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const shifted = tf.sub(values, tf.max(values, -1, true));
    const exponentials = tf.exp(shifted);
    const sums = tf.sum(exponentials, -1, true);
    const probabilities = tf.div(exponentials, sums);
    const losses = tf.mul(wanted, tf.sub(tf.log(sums), shifted));
    save([probabilities, wanted]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [p, y] = saved as [tf.Tensor, tf.Tensor];
      const count = p.size / (p.shape.at(-1) as number);
      return [tf.mul(tf.sub(p, y), tf.div(dy, count)), tf.zerosLike(y)];
    };
    return { value: meanOfSums(losses), gradFunc };
  })(logits, rows);

/** −Σ y·ln a, for outputs that are probabilities. Targets: class numbers or rows. */
export const logLikelihood: Loss = (outputs, targets) =>
  tf.neg(meanOfSums(tf.mul(asTargets('logLikelihood', outputs, targets), tf.log(tf.add(outputs, TINY)))));

/** ½·Σ (a − y)². Targets: class numbers or rows. */
export const quadratic: Loss = (outputs, targets) =>
  tf.mul(0.5, meanOfSums(tf.square(tf.sub(outputs, asTargets('quadratic', outputs, targets)))));

/** −Σ [y·ln a + (1 − y)·ln(1 − a)], for outputs in 0 … 1. Targets: class numbers or rows of 0 and 1. */
export const crossEntropy: Loss = (outputs, targets) => {
  const ys = asTargets('crossEntropy', outputs, targets);
  const ones = tf.mul(ys, tf.log(tf.add(outputs, TINY)));
  const zeros = tf.mul(tf.sub(1, ys), tf.log(tf.add(tf.sub(1, outputs), TINY)));
  return tf.neg(meanOfSums(tf.add(ones, zeros)));
};

/** The same from logits, `max(x, 0) − x·y + ln(1 + e^−|x|)`: stable for large ones. */
export const sigmoidCrossEntropy: Loss = (logits, targets) => {
  const ys = asTargets('sigmoidCrossEntropy', logits, targets);
  const linear = tf.sub(tf.relu(logits), tf.mul(logits, ys));
  return meanOfSums(tf.add(linear, tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits)))))));
};

/** Mean of |σ(logits) − y|, y being 0 or 1: the loss of the book's first classifier. */
export const mnistLoss: Loss = (logits, targets) => {
  const ys = asTargets('mnistLoss', logits, targets);
  const predictions = tf.sigmoid(logits);
  return mean(tf.add(tf.mul(ys, tf.sub(1, predictions)), tf.mul(tf.sub(1, ys), predictions)));
};

/** Mean of (a − y)² over every number. */
export const meanSquaredError: Loss = (outputs, targets) =>
  mean(tf.square(tf.sub(outputs, asTargets('meanSquaredError', outputs, targets))));
