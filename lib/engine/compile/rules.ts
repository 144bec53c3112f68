/**
 * The rules by which recordings are rewritten. Each states what tfjs records and
 * what TensorFlow has for it; results agree to rounding. (Where an activation is
 * NaN, the gradient of ReLU is 0 in TensorFlow and NaN in tfjs: the loss is NaN
 * in both, unless it leaves the activation out. So it may be where an infinite
 * gradient comes back to an activation that was cut off. What pooling makes of
 * NaN stands in pooling-rules.ts.)
 */
import { reluGrad, sigmoidGrad, tanhGrad } from './activation-rules';
import { biasAdd, biasAddGrad } from './bias-rules';
import { convPool, convPoolGradFilter, convPoolGradInput } from './conv-pool-rules';
import {
  conv,
  convBiases,
  convGradFilter,
  convGradGate,
  convGradInput,
  convMore,
  convRelu,
} from './conv-rules';
import { crossEntropy, crossEntropyGrad, floatOneHot } from './loss-rules';
import { maxPool, maxPoolGrad, maxPoolGradRelu } from './max-pool-rules';
import type { OpAttribute } from './native-backend';
import { poolBeforeRelu, poolGradBeforeReluGrad } from './pooling-rules';
import { sameShape } from './recording';
import { packedRows, sumOfProducts } from './recurrent-rules';
import type { Rule } from './rewrite';
import { attribute, attributeKinds } from './rule-tools';
import { scale, scaleMore, scaleRelu } from './scale-rules';

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

/** The rules of the first pass, in the order in which they are tried on each operation. */
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
  maxPool,
  maxPoolGrad,
  maxPoolGradRelu,
  floatOneHot,
  crossEntropy,
  crossEntropyGrad,
];

/**
 * The rules of the second pass, where it is known what is still needed: what the first
 * has left of convolutions, and joins of operations whose results nothing else needs.
 */
export const fusions: readonly Rule[] = [
  conv,
  convGradFilter,
  convGradInput,
  scale,
  scaleMore,
  scaleRelu,
  convBiases,
  convMore,
  convRelu,
  convGradGate,
];
