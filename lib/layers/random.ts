/**
 * Chance inside the engine: numbers that a key decides, with no hidden state.
 *
 * A key is an int32 tensor `[seed, counter]`. Given the same key an engine
 * draws the same numbers, so a training step that takes its key as an argument
 * is a pure function: it can be repeated, resumed and recorded as a graph.
 * libtensorflow draws by `StatelessRandomUniform` (Philox; Salmon et al.,
 * 2011); the other engines by JavaScript from a seed mixed from the key.
 */
import { createRandom } from '../core/random';
import { nativeBinding } from '../engine/native/load';
import * as tf from '../engine/tf';
import { type Shape, sizeOf } from './shape';

/** The key of a step: int32, shape `[2]`. Who makes it disposes of it. */
export function randomKey(seed: number, counter: number): tf.Tensor1D {
  return tf.tensor1d([seed | 0, counter | 0], 'int32');
}

/** Another key, decided by this one and a label. */
export function foldIn(key: tf.Tensor1D, label: string): tf.Tensor1D {
  return tf.tidy(() => tf.add(key, tf.tensor1d([hash(label), 0], 'int32')));
}

/** Uniform in [0, 1), float32, decided by the key. */
export function statelessUniform(shape: Shape, key: tf.Tensor1D): tf.Tensor {
  return tf.getBackend() === 'tensorflow' ? drawNatively(shape, key) : drawInJavaScript(shape, key);
}

/** Normal with mean 0 and deviation 1, decided by the key (Box and Muller, 1958). */
export function statelessNormal(shape: Shape, key: tf.Tensor1D): tf.Tensor {
  return tf.tidy(() => {
    const [radius, angle] = tf.unstack(statelessUniform([2, ...shape], key));
    const length = tf.sqrt(tf.mul(-2, tf.log(tf.sub(1, radius as tf.Tensor))));
    return tf.mul(length, tf.cos(tf.mul(2 * Math.PI, angle as tf.Tensor)));
  });
}

/** The one method of tfjs-node's back end that is needed here. */
interface NativeBackend {
  executeSingleOutput(name: string, attributes: object[], inputs: tf.Tensor[]): tf.Tensor;
}

function drawNatively(shape: Shape, key: tf.Tensor1D): tf.Tensor {
  const binding = nativeBinding();
  if (binding === undefined) throw new Error('statelessUniform: the native engine is not loaded');
  const type = (name: string, value: number): object => ({ name, type: binding.TF_ATTR_TYPE, value });
  const attributes = [
    type('dtype', binding.TF_FLOAT),
    type('T', binding.TF_INT32),
    type('Tseed', binding.TF_INT32),
  ];
  return tf.tidy(() => {
    const sizes = tf.tensor1d([...shape], 'int32');
    const backend = tf.backend() as unknown as NativeBackend;
    return backend.executeSingleOutput('StatelessRandomUniform', attributes, [sizes, key]);
  });
}

function drawInJavaScript(shape: Shape, key: tf.Tensor1D): tf.Tensor {
  const [seed = 0, counter = 0] = key.dataSync();
  const random = createRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(counter + 1, 0x85ebca6b)) | 0);
  const values = new Float32Array(sizeOf(shape));
  // 24 bits: a float32 holds them exactly, so that 1 itself never comes out.
  for (let i = 0; i < values.length; i++) values[i] = random.integer(2 ** 24) / 2 ** 24;
  return tf.tensor(values, [...shape], 'float32');
}

/** FNV-1a, as a signed 32-bit number. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
