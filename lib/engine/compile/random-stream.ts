/**
 * Random tensors that a compiled function may draw: dropout masks, noise,
 * augmentation.
 *
 * tfjs draws in JavaScript, which a graph would freeze. Here the engine draws,
 * by counter (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", 2011): each draw is decided by the seed and the number of draws
 * before it, both held in a variable, so that the same seed gives the same
 * numbers, compiled or not, and a stream can be saved and resumed.
 */
import { checkArguments } from '../../core/argument';
import { aNumber, either, someNumbers } from '../../core/argument-kinds';
import { createRandom } from '../../core/random';
import { aTensor } from '../argument-kinds';
import * as tf from '../tf';
import { dataTypes, type NativeBackend, nativeBackend } from './native-backend';

/** A seeded stream of random tensors; every draw advances it. */
export interface RandomStream {
  /** The seed and the number of draws so far, int32 of shape [2]: read it to save, assign to it to resume. */
  readonly state: tf.Variable;
  /** Uniform in [low, high); default [0, 1). */
  uniform(shape: readonly number[], low?: number, high?: number): tf.Tensor;
  /** Normal with the given mean (default 0) and standard deviation (default 1). */
  normal(shape: readonly number[], mean?: number, deviation?: number): tf.Tensor;
  /**
   * Keeps each element with probability `keep`, in (0, 1], and divides it by that;
   * the others become 0. `keep` may be a scalar tensor, to change without a new
   * graph. (Srivastava et al., "Dropout", 2014; "inverted", as all libraries do.)
   */
  dropout<T extends tf.Tensor>(x: T, keep: number | tf.Scalar): T;
  /** Frees the state. */
  dispose(): void;
}

type Distribution = 'uniform' | 'normal';

/**
 * Opens a stream. The same seed gives the same numbers on one engine, not on
 * another: `wasm` and `cpu` draw in JavaScript.
 *
 * @param seed a whole number of 32 bits. Throws RangeError otherwise.
 */
export function randomStream(seed: number): RandomStream {
  checkArguments('randomStream', { seed }, { seed: aNumber });
  if (!Number.isInteger(seed) || seed !== (seed | 0)) {
    throw new RangeError(`randomStream: seed must be a whole number of 32 bits, got ${seed}`);
  }
  const state = tf.tidy(() => tf.variable(tf.tensor1d([seed, 0], 'int32'), false));
  const uniform: RandomStream['uniform'] = (shape, low = 0, high = 1) => {
    checkArguments(
      'RandomStream.uniform',
      { shape, low, high },
      { shape: someNumbers, low: aNumber, high: aNumber },
    );
    return tf.tidy(() => scaled(draw(state, shape, 'uniform'), high - low, low));
  };
  return {
    state,
    uniform,
    normal(shape, mean = 0, deviation = 1) {
      const kinds = { shape: someNumbers, mean: aNumber, deviation: aNumber };
      checkArguments('RandomStream.normal', { shape, mean, deviation }, kinds);
      return tf.tidy(() => scaled(draw(state, shape, 'normal'), deviation, mean));
    },
    dropout(x, keep) {
      checkArguments('RandomStream.dropout', { x, keep }, { x: aTensor, keep: either(aNumber, aTensor) });
      checkKeep(keep);
      return tf.tidy(() => {
        const mask = uniform(x.shape).less(keep).toFloat().div(keep);
        return x.mul(mask);
      });
    },
    dispose: () => state.dispose(),
  };
}

function checkKeep(keep: number | tf.Scalar): void {
  if (typeof keep === 'number' && !(keep > 0 && keep <= 1)) {
    throw new RangeError(`RandomStream.dropout: keep must be above 0 and at most 1, got ${keep}`);
  }
}

function scaled(drawn: tf.Tensor, factor: number, offset: number): tf.Tensor {
  const stretched = factor === 1 ? drawn : drawn.mul(factor);
  return offset === 0 ? stretched : stretched.add(offset);
}

function draw(state: tf.Variable, shape: readonly number[], distribution: Distribution): tf.Tensor {
  const backend = nativeBackend();
  const drawn =
    backend === undefined
      ? drawHere(state, shape, distribution)
      : drawInEngine(backend, state, shape, distribution);
  state.assign(state.add(tf.tensor1d([0, 1], 'int32')));
  return drawn;
}

const operations = { uniform: 'StatelessRandomUniform', normal: 'StatelessRandomNormal' } as const;

function drawInEngine(
  backend: NativeBackend,
  state: tf.Variable,
  shape: readonly number[],
  distribution: Distribution,
): tf.Tensor {
  const type = backend.binding.TF_ATTR_TYPE;
  const attributes = [
    { name: 'dtype', type, value: dataTypes.float32 },
    { name: 'T', type, value: dataTypes.int32 },
    { name: 'Tseed', type, value: dataTypes.int32 },
  ];
  const size = tf.tensor1d([...shape], 'int32');
  return backend.executeSingleOutput(operations[distribution], attributes, [size, state]);
}

function drawHere(state: tf.Variable, shape: readonly number[], distribution: Distribution): tf.Tensor {
  const [seed, count] = state.dataSync() as unknown as [number, number];
  const random = createRandom(seed).fork(String(count));
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () =>
    random[distribution](),
  );
  return tf.tensor(values, [...shape]);
}
