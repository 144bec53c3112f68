/**
 * Max pooling of our own, which remembers where each number came from, and its gradient
 * (`native/addon/max_pool.cc`). That of a convolution with 2 × 2 squares may be one
 * with the convolution: see conv-pool-rules.ts.
 */
import { hasOwnOperations } from '../native/load';
import { isChannelsLast } from './conv-geometry';
import { dataTypes, type OpAttribute } from './native-backend';
import { type RecordedOp, type Source, sameSource } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, attributeKinds, floatType, inputsOf, isFloat } from './rule-tools';

/** A place in a window is kept in a byte. */
const mostPlaces = 256;

/** MaxPool: InkwellMaxPool. */
export const maxPool: Rule = (operation, view) => {
  const [x] = inputsOf(operation, 'MaxPool');
  const [pooled] = operation.outputs;
  if (x === undefined || pooled === undefined || !isFloat(operation)) return undefined;
  const geometry = geometryOf(operation, view.shape(x));
  if (!hasOwnOperations() || geometry === undefined) return undefined;
  const places = { shape: pooled.shape, dtype: dataTypes.uint8 };
  return { name: 'InkwellMaxPool', attributes: [geometry], inputs: [x], outputs: [pooled, places] };
};

/** Its gradient. */
export const maxPoolGrad: Rule = (operation, view) => {
  const [x, pooled, dpooled] = inputsOf(operation, 'MaxPoolGrad');
  const pool = pooled && view.maker(pooled);
  if (pooled?.kind !== 'operation' || dpooled === undefined || x === undefined) return undefined;
  const [from] = inputsOf(pool, 'InkwellMaxPool');
  if (pool === undefined || from === undefined || !sameSource(from, x)) return undefined;
  if (!isSameGeometry(operation, pool, view.shape(x))) return undefined;
  return gradient(operation, pool, pooled, dpooled);
};

/** The way back through pooling and the ReLU before it: through ReLU first, for fewer numbers. */
export const maxPoolGradRelu: Rule = (operation, view) => {
  const [spread, activations] = inputsOf(operation, 'ReluGrad');
  const grad = spread && view.maker(spread);
  const [places, dpooled] = inputsOf(grad, 'InkwellMaxPoolGrad');
  if (grad === undefined || activations === undefined || dpooled === undefined) return undefined;
  const pool = places && view.maker(places);
  const [x] = inputsOf(pool, 'InkwellMaxPool');
  if (places?.kind !== 'operation' || x === undefined || !sameSource(x, activations)) return undefined;
  if (!isReluOf(x, view)) return undefined;
  const pooled: Source = { ...places, output: 0 };
  const inputs = [dpooled, pooled];
  const outputs = [{ shape: view.shape(pooled), dtype: dataTypes.float32 }];
  const cut = view.add({ name: 'ReluGrad', attributes: [floatType], inputs, outputs });
  return { ...grad, inputs: [places, cut] };
};

/** Of numbers that are nowhere below zero, the largest is above zero where it came from such a one. */
function isReluOf(source: Source, view: RecordingView): boolean {
  return view.maker(source)?.name === 'Relu';
}

function gradient(operation: RecordedOp, pool: RecordedOp, pooled: Source, dpooled: Source): RecordedOp {
  const places = { ...pooled, output: 1 } as Source;
  const { attributes } = pool;
  return { ...operation, name: 'InkwellMaxPoolGrad', attributes, inputs: [places, dpooled] };
}

function isSameGeometry(operation: RecordedOp, pool: RecordedOp, x: readonly number[]): boolean {
  const geometry = geometryOf({ ...operation, outputs: pool.outputs }, x);
  return JSON.stringify(geometry) === JSON.stringify(pool.attributes[0]);
}

/** Sizes of pictures, windows and steps, what windows reach over the edges, and the pooled size. */
function geometryOf(pool: RecordedOp, [, height = 0, width = 0]: readonly number[]): OpAttribute | undefined {
  const [, rows = 0, columns = 0] = attribute(pool, 'ksize') as number[];
  const [, down = 0, across = 0] = attribute(pool, 'strides') as number[];
  const [, pooledHeight = 0, pooledWidth = 0] = pool.outputs[0]?.shape ?? [];
  const padding = attribute(pool, 'padding');
  if (!isChannelsLast(pool) || rows * columns > mostPlaces) return undefined;
  if (padding !== 'SAME' && padding !== 'VALID') return undefined;
  const before = (length: number, window: number, step: number, pooled: number): number =>
    padding === 'VALID' ? 0 : Math.floor(Math.max(0, (pooled - 1) * step + window - length) / 2);
  const top = before(height, rows, down, pooledHeight);
  const left = before(width, columns, across, pooledWidth);
  const value = [height, width, rows, columns, down, across, top, left, pooledHeight, pooledWidth];
  return { name: 'geometry', type: attributeKinds.int, value };
}
