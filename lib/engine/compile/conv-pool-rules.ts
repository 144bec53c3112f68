/**
 * Convolution, bias and 2 × 2 max pooling as one operation of our own, where the
 * engine has it (`native/addon/conv_pool.cc`), and the gradients that come back
 * through them. What it saves is in the gradients above all: pooling hands on one
 * number of four, so three in four of those that a convolution's gradients would
 * multiply are zeros.
 *
 * A function that also returns the convolution's result before pooling computes
 * that twice. Convolutions that Winograd's way is for are faster without: see
 * conv-rules.ts.
 */
import { hasOwnOperations } from '../native/load';
import { geometryOf, isChannelsLast } from './conv-geometry';
import { isForWinograd } from './conv-rules';
import { dataTypes, type OpAttribute } from './native-backend';
import { type RecordedOp, type Source, sameShape, sameSource } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, inputsOf, isFloat } from './rule-tools';

/** MaxPool(BiasAdd(Conv2D)): InkwellConvPool. */
export const convPool: Rule = (operation, view) => {
  if (!hasOwnOperations() || !isFloat(operation)) return undefined;
  const [sum] = inputsOf(operation, 'MaxPool');
  if (sum === undefined || !isSquare(operation, view.shape(sum))) return undefined;
  const [product, biases] = inputsOf(view.maker(sum), 'BiasAdd');
  const convolution = product && view.maker(product);
  const [x, filters] = inputsOf(convolution, 'Conv2D');
  if (convolution === undefined || biases === undefined || x === undefined || filters === undefined) {
    return undefined;
  }
  const found = geometryOf(convolution, view.shape(x), view.shape(filters));
  if (found === undefined || found.steps.some((step) => step !== 1)) return undefined;
  if (isForWinograd(view.shape(filters), found.steps)) return undefined;
  const [pooled] = operation.outputs as [RecordedOp['outputs'][0]];
  return {
    name: 'InkwellConvPool',
    attributes: [found.geometry],
    inputs: [x, filters, biases],
    outputs: [pooled, { shape: pooled.shape, dtype: dataTypes.uint8 }],
  };
};

/** The gradient of its filters. */
export const convPoolGradFilter: Rule = (operation, view) => {
  const [x, , dy] = inputsOf(operation, 'Conv2DBackpropFilter');
  const back = dy && throughPool(dy, view);
  if (x === undefined || back === undefined || !sameSource(back.x, x)) return undefined;
  if (!sameShape(operation.outputs[0]?.shape ?? [], view.shape(back.filters))) return undefined;
  return gradient(operation, 'InkwellConvPoolGradFilter', [x, back.places, back.dpooled], back);
};

/** The gradient of its pictures. */
export const convPoolGradInput: Rule = (operation, view) => {
  const [, filters, dy] = inputsOf(operation, 'Conv2DBackpropInput');
  const back = dy && throughPool(dy, view);
  if (filters === undefined || back === undefined || !sameSource(back.filters, filters)) return undefined;
  if (!sameShape(operation.outputs[0]?.shape ?? [], view.shape(back.x))) return undefined;
  return gradient(operation, 'InkwellConvPoolGradInput', [filters, back.places, back.dpooled], back);
};

/** Pooling of 2 × 2 squares that do not overlap and lie within the picture. */
function isSquare(pool: RecordedOp, [, height = 0, width = 0]: readonly number[]): boolean {
  const two = [1, 2, 2, 1];
  const isTwo = (name: string): boolean => sameShape(attribute(pool, name) as number[], two);
  const [, rows, columns] = pool.outputs[0]?.shape ?? [];
  const isWithin = rows === Math.floor(height / 2) && columns === Math.floor(width / 2);
  return isTwo('ksize') && isTwo('strides') && isWithin && isChannelsLast(pool);
}

/** What a gradient needs of the operation that it comes back through. */
interface Passage {
  readonly x: Source;
  readonly filters: Source;
  readonly places: Source;
  readonly dpooled: Source;
  readonly attributes: readonly OpAttribute[];
}

/** Where a gradient is that of a pooling that we have taken. */
function throughPool(source: Source, view: RecordingView): Passage | undefined {
  const [, pooled, dpooled] = inputsOf(view.maker(source), 'MaxPoolGrad');
  const forward = pooled && view.maker(pooled);
  if (pooled?.kind !== 'operation' || dpooled === undefined || forward?.name !== 'InkwellConvPool') {
    return undefined;
  }
  const [x, filters] = forward.inputs as [Source, Source];
  return { x, filters, dpooled, places: { ...pooled, output: 1 }, attributes: forward.attributes };
}

function gradient(operation: RecordedOp, name: string, inputs: readonly Source[], back: Passage): RecordedOp {
  return { ...operation, name, attributes: back.attributes, inputs };
}
