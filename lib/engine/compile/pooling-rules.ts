/**
 * ReLU after max pooling instead of before it, which is the same for a quarter of
 * the numbers, and lets convolution, bias and pooling be one operation.
 *
 * Only for our own pooling: that hands a NaN on. TensorFlow's makes the lowest
 * number there is of a square of NaN, which a ReLU that comes later makes 0, and
 * the loss of a net that has diverged would look like any other.
 */
import { convPool } from './conv-pool-rules';
import { dataTypes } from './native-backend';
import { type RecordedOp, type Source, sameSource } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { floatType, inputsOf } from './rule-tools';

/** MaxPool(Relu(x)): Relu(MaxPool(x)). */
export const poolBeforeRelu: Rule = (operation, view) => {
  const [activations] = inputsOf(operation, 'MaxPool');
  const x = reluOf(activations, view);
  const pooled = x && poolOf(x, operation, view);
  return pooled && { ...operation, name: 'Relu', attributes: [floatType], inputs: [pooled] };
};

/** Its gradient: through ReLU first, then out to the squares. */
export const poolGradBeforeReluGrad: Rule = (operation, view) => {
  const [spread, features] = inputsOf(operation, 'ReluGrad');
  const poolGrad = spread && view.maker(spread);
  const [activations, result, dy] = inputsOf(poolGrad, 'MaxPoolGrad');
  const x = reluOf(activations, view);
  const pooled = reluOf(result, view);
  if (!poolGrad || !activations || !features || !result || !dy || !x || !pooled) return undefined;
  const outputs = [{ shape: view.shape(result), dtype: dataTypes.float32 }];
  const own = poolOf(x, { ...poolGrad, name: 'MaxPool', outputs }, view);
  if (own === undefined || !sameSource(own, pooled) || !sameSource(features, activations)) return undefined;
  const gradient = view.add({ name: 'ReluGrad', attributes: [floatType], inputs: [dy, result], outputs });
  return { ...poolGrad, inputs: [x, pooled, gradient] };
};

/** What our own pooling makes of a tensor, where there is one that does what an operation does. */
function poolOf(x: Source, operation: RecordedOp, view: RecordingView): Source | undefined {
  const pool = convPool({ ...operation, inputs: [x] }, view);
  return pool && view.add(pool as RecordedOp);
}

/** x, where a tensor is ReLU of x. */
function reluOf(source: Source | undefined, view: RecordingView): Source | undefined {
  return inputsOf(source && view.maker(source), 'Relu')[0];
}
