/**
 * The rules by which recordings are rewritten. Each states what tfjs records and
 * what TensorFlow has for it; results agree to rounding. (Where an activation is
 * NaN, the gradient of ReLU is 0 in TensorFlow and NaN in tfjs: the loss is NaN
 * in both, unless it leaves the activation out. So it may be where an infinite
 * gradient comes back to an activation that was cut off. What pooling makes of
 * NaN stands in pooling-rules.ts.)
 */

import { convPool, convPoolGradFilter, convPoolGradInput } from './conv-pool-rules';
import { crossEntropy, crossEntropyGrad, floatOneHot } from './loss-rules';
import type { OpAttribute } from './native-backend';
import { poolBeforeRelu, poolGradBeforeReluGrad } from './pooling-rules';
import { type RecordedOp, type Source, sameShape, sameSource } from './recording';
import { packedRows, sumOfProducts } from './recurrent-rules';
import type { RecordingView, Rule } from './rewrite';
import { attribute, attributeKinds, floatType, inputsOf, isFloat, pairs } from './rule-tools';

/** A tensor without elements: nothing is computed. (TensorFlow's max pooling ends the process over its gradient.) */
const empty: Rule = ({ outputs }, view) => {
  const [only, more] = outputs;
  return only !== undefined && more === undefined && only.shape.includes(0) ? view.empty(only) : undefined;
};

/** Cast to the type that it has already: tfjs casts in every gradient of a product. */
const dropCast: Rule = (operation) =>
  operation.name === 'Cast' && attribute(operation, 'SrcT') === attribute(operation, 'DstT')
    ? operation.inputs[0]
    : undefined;

/** tfjs-node leaves out the type, which a graph must name. */
const expandDims: Rule = (operation) => {
  if (operation.name !== 'ExpandDims' || attribute(operation, 'T') !== undefined) return undefined;
  const value = operation.outputs[0]?.dtype;
  if (value === undefined) return undefined;
  return { ...operation, attributes: [{ name: 'T', type: attributeKinds.type, value }] };
};

/** Reshape to the shape that it has already. */
const dropReshape: Rule = ({ name, inputs, outputs }, view) => {
  const [input] = inputs;
  if (name !== 'Reshape' || input === undefined) return undefined;
  return sameShape(view.shape(input), outputs[0]?.shape ?? []) ? input : undefined;
};

/** A product of two matrices, which tfjs writes as one of stacks of matrices: MatMul. */
const matMul: Rule = (operation) => {
  if (operation.name !== 'BatchMatMulV2' || operation.outputs[0]?.shape.length !== 2) return undefined;
  const transposed = (name: string, from: string): OpAttribute => ({
    name,
    type: attributeKinds.bool,
    value: attribute(operation, from),
  });
  const type = operation.attributes.filter(({ name }) => name === 'T');
  const attributes = [...type, transposed('transpose_a', 'adj_x'), transposed('transpose_b', 'adj_y')];
  return { ...operation, name: 'MatMul', attributes };
};

/** The gradient of ReLU, dy · step(x): ReluGrad, of the ReLU's result where there is one, so that x is not kept. */
const reluGrad: Rule = (operation, view) => {
  for (const [dy, step] of pairs(operation, 'Mul')) {
    const x = steppedInput(step, view);
    if (x === undefined || !sameShape(view.shape(dy), view.shape(x))) continue;
    const features = view.existing('Relu', x) ?? x;
    return { ...operation, name: 'ReluGrad', attributes: [floatType], inputs: [dy, features] };
  }
  return undefined;
};

/** x, where a tensor is tf.step(x): isNaN(x) ? x : x > 0 ? 1 : 0. */
function steppedInput(step: Source, view: RecordingView): Source | undefined {
  const outer = view.maker(step);
  if (outer?.name !== 'Select') return undefined;
  const [isNan, x, inner] = outer.inputs.map((input) => view.maker(input));
  const nan = outer.inputs[1] as Source;
  if (isNan?.name !== 'IsNan' || !sameSource(isNan.inputs[0] as Source, nan)) return undefined;
  if (inner?.name !== 'Select' || x === inner) return undefined;
  const [condition, one, zero] = inner.inputs as [Source, Source, Source];
  const greater = view.maker(condition);
  if (greater?.name !== 'Greater' || !sameSource(greater.inputs[0] as Source, nan)) return undefined;
  const isStep =
    view.uniformValue(greater.inputs[1] as Source) === 0 &&
    view.uniformValue(one) === 1 &&
    view.uniformValue(zero) === 0;
  return isStep ? nan : undefined;
}

/** The gradient of the sigmoid, dy · (y · (1 − y)): SigmoidGrad. */
const sigmoidGrad: Rule = (operation, view) => {
  for (const [dy, slope] of pairs(operation, 'Mul')) {
    for (const [y, rest] of pairs(view.maker(slope), 'Mul')) {
      const [one, again] = inputsOf(view.maker(rest), 'Sub');
      if (one === undefined || again === undefined || !sameSource(y, again)) continue;
      if (view.uniformValue(one) !== 1 || view.maker(y)?.name !== 'Sigmoid') continue;
      return gradientOf(operation, 'SigmoidGrad', y, dy, view);
    }
  }
  return undefined;
};

/** The gradient of the hyperbolic tangent, dy · (1 − y²): TanhGrad. */
const tanhGrad: Rule = (operation, view) => {
  for (const [dy, slope] of pairs(operation, 'Mul')) {
    const [one, squared] = inputsOf(view.maker(slope), 'Sub');
    if (one === undefined || squared === undefined || view.uniformValue(one) !== 1) continue;
    const [y] = inputsOf(view.maker(squared), 'Square');
    if (y === undefined || view.maker(y)?.name !== 'Tanh') continue;
    return gradientOf(operation, 'TanhGrad', y, dy, view);
  }
  return undefined;
};

function gradientOf(
  operation: RecordedOp,
  name: string,
  y: Source,
  dy: Source,
  view: RecordingView,
): RecordedOp | undefined {
  if (!sameShape(view.shape(y), view.shape(dy))) return undefined;
  return { ...operation, name, attributes: [floatType], inputs: [y, dy] };
}

/** Adding a vector to the last axis: BiasAdd, which TensorFlow joins with the convolution before it. */
const biasAdd: Rule = (operation, view) => {
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
const biasAddGrad: Rule = (operation, view) => {
  if (operation.name !== 'Sum' || !isFloat(operation) || attribute(operation, 'keep_dims') === true) {
    return undefined;
  }
  const [x, axes] = operation.inputs as [Source, Source];
  const rank = view.shape(x).length;
  if (isMistaken(x, view)) return undefined;
  const summed = view.integers(axes)?.map((axis) => (axis + rank) % rank);
  const isAllButLast = rank >= 2 && summed?.length === rank - 1 && summed.every((axis) => axis !== rank - 1);
  if (!isAllButLast) return undefined;
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
  return maker?.name === 'MaxPoolGrad' ? (maker.inputs[2] as Source) : x;
}

/** All rules, in the order in which they are tried on each operation. */
export const rules: readonly Rule[] = [
  empty,
  dropCast,
  dropReshape,
  expandDims,
  matMul,
  reluGrad,
  sigmoidGrad,
  tanhGrad,
  biasAdd,
  biasAddGrad,
  convPool,
  convPoolGradFilter,
  convPoolGradInput,
  packedRows,
  sumOfProducts,
  poolBeforeRelu,
  poolGradBeforeReluGrad,
  floatOneHot,
  crossEntropy,
  crossEntropyGrad,
];
