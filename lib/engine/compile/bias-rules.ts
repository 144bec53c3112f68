/** Rules for biases: the same numbers added at every place, and their gradient. */
import type { Source, TensorFacts } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, floatType, isFloat, pairs } from './rule-tools';

/** Adding a vector to the last axis: BiasAdd, which TensorFlow joins with the convolution before it. */
export const biasAdd: Rule = (operation, view) => {
  if (!isFloat(operation)) return undefined;
  for (const [x, bias] of pairs(operation, 'Add')) {
    const shape = view.shape(x);
    const maker = view.maker(x)?.name;
    if (maker !== 'Conv2D' && maker !== 'MatMul') continue;
    if (view.shape(bias).length !== 1 || view.shape(bias)[0] !== shape.at(-1)) continue;
    return { ...operation, name: 'BiasAdd', attributes: [floatType], inputs: [x, bias] };
  }
  return undefined;
};

/** The sum over all axes but the last: BiasAddGrad. That of a pooling's gradient is taken before it spreads out. */
export const biasAddGrad: Rule = (operation, view) => {
  if (operation.name !== 'Sum' || !isFloat(operation) || attribute(operation, 'keep_dims') === true) {
    return undefined;
  }
  const [x, axes] = operation.inputs as [Source, Source];
  const rank = view.shape(x).length;
  const summed = view.integers(axes)?.map((axis) => (axis + rank) % rank);
  const isAllButLast = rank >= 2 && summed?.length === rank - 1 && summed.every((axis) => axis !== rank - 1);
  if (!isAllButLast) return undefined;
  if (isNormalised(x, view)) return view.zeros(operation.outputs[0] as TensorFacts);
  if (isMistaken(x, view)) return undefined;
  return { ...operation, name: 'BiasAddGrad', attributes: [floatType], inputs: [beforePooling(x, view)] };
};

/**
 * Whether TensorFlow's BiasAddGrad of a tensor would be wrong. It joins it with the gradient of a convolution's
 * filters that is of the same operation's result, even if of another one, as where branches were concatenated; and
 * where there are no elements, the joined operation has no answer.
 */
function isMistaken(x: Source, view: RecordingView): boolean {
  return view.shape(x).includes(0) || (view.maker(x)?.outputs.length ?? 1) > 1;
}

/** Max pooling hands each gradient on to one place of the same channel: their sum stays, over fewer places. */
function beforePooling(x: Source, view: RecordingView): Source {
  const maker = view.maker(x);
  if (maker?.name === 'InkwellMaxPoolGrad') return maker.inputs[1] as Source;
  return maker?.name === 'MaxPoolGrad' ? (maker.inputs[2] as Source) : x;
}

/**
 * Whether a tensor is what comes back through batch normalisation. That has no sum: what is added to a channel
 * everywhere is taken away again with the mean. A sum would give what rounding has left.
 */
function isNormalised(x: Source, view: RecordingView): boolean {
  return x.kind === 'operation' && x.output === 0 && view.maker(x)?.name === 'InkwellBatchNormGrad';
}
