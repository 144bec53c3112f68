/**
 * Rules for what is done once a time step with the same weights: joined over the
 * steps, the gradient of the weights is one large product instead of many small
 * ones.
 */
import { dataTypes } from './native-backend';
import { type RecordedOp, type Source, sameShape, sameSource } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, attributeKinds, floatType, inputsOf, isFloat } from './rule-tools';

/**
 * A sum of products of transposed matrices, Σ aᵢᵀ·bᵢ, which is the gradient of
 * weights that are used once a time step: one product of the aᵢ and the bᵢ, each
 * stacked.
 */
export const sumOfProducts: Rule = (operation, view) => {
  const [one, other] = inputsOf(operation, 'Add');
  if (one === undefined || other === undefined || !isFloat(operation)) return undefined;
  const parts = [stackedFactors(one, view), stackedFactors(other, view)];
  const [first, second] = parts;
  if (first === undefined || second === undefined || sameSource(one, other)) return undefined;
  if (!sameShape(view.shape(one), view.shape(other))) return undefined;
  const product = view.maker(one) as RecordedOp;
  const sides = [0, 1].map((side) => [...(first[side] ?? []), ...(second[side] ?? [])]);
  const inputs = inOrder(sides as [Source[], Source[]], view).map((side) => stack(side, view));
  return { ...product, inputs };
};

/**
 * Pairs of matrices in the order in which the gradients are packed for the inputs,
 * the last made first: one stack then serves both.
 */
function inOrder([left, right]: [Source[], Source[]], view: RecordingView): Source[][] {
  const rowsOf = (source: Source | undefined): number | undefined => source && view.shape(source)[0];
  const arePairs = left.length === right.length && left.every((one, i) => rowsOf(one) === rowsOf(right[i]));
  if (!arePairs) return [left, right];
  const order = [...right.keys()].sort((a, b) => madeAt(right[b]) - madeAt(right[a]));
  return [left, right].map((side) => order.map((i) => side[i] as Source));
}

/** Where in the recording a tensor was made. */
function madeAt(source: Source | undefined): number {
  return source?.kind === 'operation' ? source.index : -1;
}

/** Matrices packed along a new first axis, which is then joined with the rows: the matrices one above the other. */
export const packedRows: Rule = (operation, view) => {
  const pack = operation.name === 'Reshape' ? view.maker(operation.inputs[0] as Source) : undefined;
  if (pack?.name !== 'Pack' || attribute(pack, 'axis') !== 0 || !isFloat(pack)) return undefined;
  const [count, rows, columns, more] = pack.outputs[0]?.shape ?? [];
  if (count === undefined || rows === undefined || columns === undefined || more !== undefined)
    return undefined;
  if (!sameShape(operation.outputs[0]?.shape ?? [], [count * rows, columns])) return undefined;
  return stack(pack.inputs, view);
};

/** The matrices that are stacked in the left and the right factor of a product aᵀ·b. */
function stackedFactors(source: Source, view: RecordingView): Source[][] | undefined {
  const product = view.maker(source);
  const isGradient =
    product?.name === 'MatMul' &&
    attribute(product, 'transpose_a') === true &&
    attribute(product, 'transpose_b') === false;
  if (!isGradient) return undefined;
  return product.inputs.map((factor) => {
    const maker = view.maker(factor);
    const isStack = maker?.name === 'ConcatV2' && view.integers(maker.inputs.at(-1) as Source)?.[0] === 0;
    return isStack ? maker.inputs.slice(0, -1) : [factor];
  });
}

/** Matrices one above the other. */
function stack(matrices: readonly Source[], view: RecordingView): Source {
  const rows = matrices.reduce((sum, matrix) => sum + (view.shape(matrix)[0] as number), 0);
  const columns = view.shape(matrices[0] as Source)[1] as number;
  return view.add({
    name: 'ConcatV2',
    attributes: [
      floatType,
      { name: 'N', type: attributeKinds.int, value: matrices.length },
      { name: 'Tidx', type: attributeKinds.type, value: dataTypes.int32 },
    ],
    inputs: [...matrices, view.scalar(0, dataTypes.int32)],
    outputs: [{ shape: [rows, columns], dtype: dataTypes.float32 }],
  });
}
