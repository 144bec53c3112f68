/**
 * A whole net: its shapes, its tensors, and what it computes, as functions of
 * the spec. A net knows nothing of training, loss or pictures.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aFunction, aNumber, anObject } from '../core/argument-kinds';
import { aTensor } from '../engine/argument-kinds';
import * as tf from '../engine/tf';
import { aNet, someWeights } from './argument-kinds';
import { below } from './blocks';
import { initialValues } from './initializers';
import { chain } from './kinds';
import type { ParameterSpec, Scope, Tensors, TrainingScope } from './layer';
import { foldIn, statelessUniform } from './random';
import { checkWhole, type Shape, shapeText } from './shape';
import type { NetSpec } from './spec';

/** A net's tensors: parameters are learned, buffers (moving averages) are kept by the layers. */
export interface Weights {
  readonly parameters: Tensors;
  readonly buffers: Tensors;
}

/** The root of every parameter's name: `layers.0.weights`. */
const ROOT = 'layers';

/**
 * Checks a net and returns the shape of its output for one example.
 *
 * @throws RangeError that names the layer, what it expects and what came.
 */
export function outputShape(net: NetSpec): Shape {
  checkArguments('outputShape', { net }, { net: aNet });
  for (const size of net.inputShape) checkWhole('inputShape', 'each size', size);
  return chain(net.layers, ROOT).outputShape(net.inputShape);
}

/** Every tensor that the net owns, in order. Throws as `outputShape` does. */
export function parameterSpecs(net: NetSpec): readonly ParameterSpec[] {
  checkArguments('parameterSpecs', { net }, { net: aNet });
  outputShape(net);
  return below(ROOT, chain(net.layers, ROOT).parameters(net.inputShape));
}

/**
 * Fresh weights; who asks for them disposes of them (`disposeWeights`).
 *
 * @param options.seed decides them all, on every engine alike; default 1.
 */
export function initialize(net: NetSpec, options: { readonly seed?: number } = {}): Weights {
  checkArguments('initialize', { net }, { net: aNet });
  checkOptions('initialize', options, { seed: aNumber });
  const { seed = 1 } = options;
  const parameters: Record<string, tf.Tensor> = {};
  const buffers: Record<string, tf.Tensor> = {};
  for (const spec of parameterSpecs(net)) {
    const group = spec.role === 'parameter' ? parameters : buffers;
    group[spec.name] = tf.tensor(initialValues(spec, seed), [...spec.shape], 'float32');
  }
  return { parameters, buffers };
}

/** Frees the tensors of a net. */
export function disposeWeights(weights: Weights): void {
  checkArguments('disposeWeights', { weights }, { weights: someWeights });
  tf.dispose(Object.values(weights.parameters));
  tf.dispose(Object.values(weights.buffers));
}

/** Told the output of each layer, by path; the tensor lives until the call returns. */
export type OutputListener = (path: string, output: tf.Tensor) => void;

/**
 * What the net answers: no dropout, moving averages in batch norm.
 *
 * @param xs the batch, `[count, …inputShape]`.
 * @returns `[count, …outputShape]`.
 * @throws RangeError where the batch has another shape.
 */
export function forward(
  net: NetSpec,
  weights: Weights,
  xs: tf.Tensor,
  options: { readonly onOutput?: OutputListener } = {},
): tf.Tensor {
  checkArguments('forward', { net, weights, xs }, { net: aNet, weights: someWeights, xs: aTensor });
  checkOptions('forward', options, { onOutput: aFunction });
  checkBatch(net, xs);
  return tf.tidy(() => chain(net.layers, ROOT).forward(xs, scopeAt(ROOT, weights, options.onOutput)));
}

export interface TrainingMode {
  /** Decides dropout's choices: int32 `[seed, step]` (`randomKey`). */
  readonly key: tf.Tensor1D;
  /** Replaces the rates of all dropout layers. */
  readonly dropoutRate?: tf.Scalar;
  readonly onOutput?: OutputListener;
}

/** What comes out of a pass in training. */
export interface TrainingPass {
  readonly outputs: tf.Tensor;
  /** All buffers, moved on by this batch. */
  readonly buffers: Tensors;
}

/** The pass that gradients are taken of: dropout at work, batch norm over the batch. */
export function forwardTraining(
  net: NetSpec,
  weights: Weights,
  xs: tf.Tensor,
  mode: TrainingMode,
): TrainingPass {
  checkArguments(
    'forwardTraining',
    { net, weights, xs, mode },
    { net: aNet, weights: someWeights, xs: aTensor, mode: anObject },
  );
  checkOptions('forwardTraining', mode, {
    key: required(aTensor),
    dropoutRate: aTensor,
    onOutput: aFunction,
  });
  checkBatch(net, xs);
  return tf.tidy(() => {
    const moved: Record<string, tf.Tensor> = { ...weights.buffers };
    const scope = scopeAt(ROOT, weights, mode.onOutput, { mode, moved });
    const outputs = chain(net.layers, ROOT).forward(xs, scope);
    // Buffers that no layer has moved are handed on as they are: as new tensors, to be owned apart.
    for (const [name, old] of Object.entries(weights.buffers)) {
      if (moved[name] === old) moved[name] = tf.clone(old);
    }
    return { outputs, buffers: moved };
  }) as TrainingPass;
}

interface Chance {
  readonly mode: TrainingMode;
  readonly moved: Record<string, tf.Tensor>;
}

function scopeAt(path: string, weights: Weights, onOutput?: OutputListener, chance?: Chance): Scope {
  return {
    tensor(name) {
      const full = `${path}.${name}`;
      const tensor = weights.parameters[full] ?? weights.buffers[full];
      if (tensor === undefined) throw new RangeError(`forward: the weights have no tensor ${full}`);
      return tensor;
    },
    training: chance && trainingScope(path, chance),
    inside: (name) => scopeAt(`${path}.${name}`, weights, onOutput, chance),
    seen: (output) => onOutput?.(path, output),
  };
}

function trainingScope(path: string, { mode, moved }: Chance): TrainingScope {
  return {
    uniform: (shape) => statelessUniform(shape, foldIn(mode.key, path)),
    dropoutRate: mode.dropoutRate,
    setBuffer(name, value) {
      moved[`${path}.${name}`] = value;
    },
  };
}

function checkBatch(net: NetSpec, xs: tf.Tensor): void {
  if (shapeText(xs.shape.slice(1)) === shapeText(net.inputShape) && xs.rank > 0) return;
  const expected = shapeText(['batch', ...net.inputShape]);
  throw new RangeError(`forward: xs must have shape ${expected}, got ${shapeText(xs.shape)}`);
}
