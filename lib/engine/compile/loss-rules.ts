/**
 * Rules for the softmax cross-entropy of rows of logits x and labels y,
 * −Σ y·ln softmax(x), as one operation, whose second result is the gradient for
 * the logits, softmax(x) − y.
 *
 * It is known however it is written: with shifted logits s = x − max x, as
 * ln Σ eˢ − s, the probabilities being eˢ / Σ eˢ (the library's own loss), or
 * with ln softmax(x) = x − (max x + ln Σ eˢ) and its exponential (tf.losses).
 */
import { hasOwnOperations } from '../native/load';
import { dataTypes } from './native-backend';
import { type RecordedOp, type Source, sameShape, sameSource } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { floatType, inputsOf, isFloat, pairs } from './rule-tools';

/** The loss of each row. */
export const crossEntropy: Rule = (operation, view) => {
  const terms = overClasses(operation, 'Sum', view);
  if (terms === undefined || operation.outputs[0]?.shape.length !== 1) return undefined;
  const [negated] = inputsOf(view.maker(terms), 'Neg');
  const logitsOf = negated === undefined ? fromMinusLogSoftmax : fromLogSoftmax;
  for (const [labels, term] of pairs(view.maker(negated ?? terms), 'Mul')) {
    const logits = logitsOf(term, view);
    if (logits !== undefined) return fused(logits, labels, view);
  }
  return undefined;
};

/** Its gradient for the logits. */
export const crossEntropyGrad: Rule = (operation, view) => {
  const [probabilities, labels] = inputsOf(operation, 'Sub');
  const logits = probabilities && fromSoftmax(probabilities, view);
  const loss = logits && fused(logits, labels as Source, view);
  return loss && ({ ...loss, output: 1 } as Source);
};

/**
 * The one operation; its first result. On a CPU TensorFlow's takes longer than its
 * parts from some 2,000 numbers on: ours is there (`native/addon/cross_entropy.cc`).
 */
function fused(logits: Source, labels: Source, view: RecordingView): Source | undefined {
  const shape = view.shape(logits);
  if (!sameShape(shape, view.shape(labels)) || shape[1] === 0) return undefined;
  const dtype = dataTypes.float32;
  const op = hasOwnOperations()
    ? { name: 'InkwellCrossEntropy', attributes: [] }
    : { name: 'SoftmaxCrossEntropyWithLogits', attributes: [floatType] };
  return view.add({
    ...op,
    inputs: [logits, labels],
    outputs: [
      { shape: shape.slice(0, 1), dtype },
      { shape, dtype },
    ],
  });
}

/** One-hot rows of whole numbers, then made floats: floats at once. */
export const floatOneHot: Rule = (operation, view) => {
  if (operation.name !== 'Cast' || !isFloat(operation)) return undefined;
  const rows = view.maker(operation.inputs[0] as Source);
  const [indices, depth, ...values] = inputsOf(rows, 'OneHot');
  const numbers = values.flatMap((value) => view.integers(value) ?? []);
  if (rows === undefined || indices === undefined || depth === undefined || numbers.length !== 2) {
    return undefined;
  }
  const floats = numbers.map((value) => view.scalar(value, dataTypes.float32));
  const attributes = rows.attributes.map((one) => (one.name === 'T' ? floatType : one));
  return { ...operation, name: 'OneHot', attributes, inputs: [indices, depth, ...floats] };
};

/** x, where a tensor is softmax(x). */
function fromSoftmax(source: Source, view: RecordingView): Source | undefined {
  const maker = view.maker(source);
  const [logarithm] = inputsOf(maker, 'Exp');
  if (logarithm !== undefined) return fromLogSoftmax(logarithm, view);
  const [exponentials, sums] = inputsOf(maker, 'RealDiv');
  const [shifted] = inputsOf(exponentials && view.maker(exponentials), 'Exp');
  const logits = shifted && fromShifted(shifted, view);
  return isColumnFor(logits, sums, view) && isSame(logits, fromSums(sums, view)) ? logits : undefined;
}

/** x, where a tensor is x − (max x + ln Σ eˢ). */
function fromLogSoftmax(source: Source, view: RecordingView): Source | undefined {
  const [logits, normalizer] = inputsOf(view.maker(source), 'Sub');
  if (!isColumnFor(logits, normalizer, view)) return undefined;
  for (const [highest, logarithm] of pairs(unshaped(normalizer, view), 'Add')) {
    if (!sameShape(view.shape(highest), view.shape(logarithm))) continue;
    const found = [overClasses(unshaped(highest, view), 'Max', view), fromLogarithm(logarithm, view)];
    if (found.every((each) => isSame(logits, each))) return logits;
  }
  return undefined;
}

/** x, where a tensor is ln Σ eˢ − s. */
function fromMinusLogSoftmax(source: Source, view: RecordingView): Source | undefined {
  const [logarithm, shifted] = inputsOf(view.maker(source), 'Sub');
  const logits = shifted && fromShifted(shifted, view);
  if (!isColumnFor(logits, logarithm, view)) return undefined;
  return isSame(logits, fromLogarithm(logarithm, view)) ? logits : undefined;
}

/** x, where a tensor is s = x − max x. */
function fromShifted(source: Source, view: RecordingView): Source | undefined {
  const [logits, highest] = inputsOf(view.maker(source), 'Sub');
  if (!isColumnFor(logits, highest, view)) return undefined;
  return isSame(logits, overClasses(view.maker(highest), 'Max', view)) ? logits : undefined;
}

/** x, where a tensor is ln Σ eˢ. */
function fromLogarithm(source: Source, view: RecordingView): Source | undefined {
  const [sums] = inputsOf(view.maker(source), 'Log');
  return sums && fromSums(sums, view);
}

/** x, where a tensor is Σ eˢ. */
function fromSums(source: Source, view: RecordingView): Source | undefined {
  const exponentials = overClasses(view.maker(source), 'Sum', view);
  const [shifted] = inputsOf(exponentials && view.maker(exponentials), 'Exp');
  return shifted && fromShifted(shifted, view);
}

/** What an operation of that name reduces, where that is rows of floats along their classes. */
function overClasses(
  operation: RecordedOp | undefined,
  name: string,
  view: RecordingView,
): Source | undefined {
  const [rows, axes] = inputsOf(operation, name);
  if (operation === undefined || rows === undefined || axes === undefined) return undefined;
  if (!isFloat(operation) || view.shape(rows).length !== 2) return undefined;
  const [axis, more] = view.integers(axes) ?? [];
  return more === undefined && (axis === 1 || axis === -1) ? rows : undefined;
}

/** Whether a tensor has one number for each row of the logits, one below the other. */
function isColumnFor(
  logits: Source | undefined,
  column: Source | undefined,
  view: RecordingView,
): column is Source {
  if (logits === undefined || column === undefined) return false;
  const shape = view.shape(logits);
  return shape.length === 2 && sameShape(view.shape(column), [shape[0] as number, 1]);
}

/** The operation that makes a tensor, or what it reshapes. */
function unshaped(source: Source, view: RecordingView): RecordedOp | undefined {
  const maker = view.maker(source);
  return maker?.name === 'Reshape' ? view.maker(maker.inputs[0] as Source) : maker;
}

function isSame(one: Source | undefined, other: Source | undefined): boolean {
  return one !== undefined && other !== undefined && sameSource(one, other);
}
