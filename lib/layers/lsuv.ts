/**
 * Layer-sequential unit-variance initialisation (Mishkin and Matas, 2015):
 * each layer's weights, first made orthogonal, are divided by the deviation
 * of what the layer puts out on real data, front to back, until that is 1.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import { aTensor } from '../engine/argument-kinds';
import * as tf from '../engine/tf';
import { aNet } from './argument-kinds';
import type { Tensors } from './layer';
import { forward, initialize, type Weights } from './net';
import type { ConvSpec, DenseSpec, LayerSpec, NetSpec } from './spec';

export interface LsuvOptions {
  /** Default 1. */
  readonly seed?: number;
  /** How far from 1 the deviation may stay; default 0.01. */
  readonly tolerance?: number;
  /** Tries a layer; default 10. */
  readonly tries?: number;
}

/**
 * Fresh weights fitted to a batch: of the dense and convolutional layers, those inside residual
 * blocks and branches too. Others start as their specs say.
 *
 * @param xs a batch of real examples, `[count, …inputShape]`.
 */
export function initializeLsuv(net: NetSpec, xs: tf.Tensor, options: LsuvOptions = {}): Weights {
  checkArguments('initializeLsuv', { net, xs }, { net: aNet, xs: aTensor });
  checkOptions('initializeLsuv', options, { seed: aNumber, tolerance: aNumber, tries: aNumber });
  const { seed = 1, tolerance = 0.01, tries = 10 } = options;
  const start = initialize(orthogonal(net), { seed });
  const parameters: Record<string, tf.Tensor> = { ...start.parameters };
  const weights = { parameters, buffers: start.buffers };
  for (const path of scaledPaths(net.layers, 'layers')) {
    for (let attempt = 0; attempt < tries; attempt++) {
      const deviation = outputDeviation(net, weights, xs, path);
      if (!(deviation > 0) || Math.abs(deviation - 1) <= tolerance) break;
      const name = `${path}.weights`;
      const old = parameters[name] as tf.Tensor;
      parameters[name] = tf.tidy(() => tf.div(old, deviation)); // the divisor is a tensor too
      old.dispose();
    }
  }
  return { parameters: parameters satisfies Tensors, buffers: weights.buffers };
}

function orthogonal(net: NetSpec): NetSpec {
  const turn = (spec: LayerSpec): LayerSpec =>
    isScaled(spec) ? { ...spec, weights: 'orthogonal' } : withInside(spec, (layers) => layers.map(turn));
  return { ...net, layers: net.layers.map(turn) };
}

function isScaled(spec: LayerSpec): spec is DenseSpec | ConvSpec {
  return spec.kind === 'dense' || spec.kind === 'conv';
}

/** The spec with the layers inside it, of a residual or of branches, changed. */
function withInside(
  spec: LayerSpec,
  change: (layers: readonly LayerSpec[]) => readonly LayerSpec[],
): LayerSpec {
  switch (spec.kind) {
    case 'residual':
      return { ...spec, body: change(spec.body), ...(spec.shortcut && { shortcut: change(spec.shortcut) }) };
    case 'parallel':
      return { ...spec, branches: spec.branches.map(change) };
    default:
      return spec;
  }
}

/** The paths of the layers that are scaled, in the order in which they compute. */
function scaledPaths(layers: readonly LayerSpec[], path: string): readonly string[] {
  return layers.flatMap((spec, i) => {
    const own = `${path}.${i}`;
    if (isScaled(spec)) return [own];
    if (spec.kind === 'residual') {
      return [
        ...scaledPaths(spec.body, `${own}.body`),
        ...scaledPaths(spec.shortcut ?? [], `${own}.shortcut`),
      ];
    }
    if (spec.kind !== 'parallel') return [];
    return spec.branches.flatMap((branch, at) => scaledPaths(branch, `${own}.branches.${at}`));
  });
}

function outputDeviation(net: NetSpec, weights: Weights, xs: tf.Tensor, path: string): number {
  let deviation = 0;
  const onOutput = (at: string, output: tf.Tensor): void => {
    if (at === path) deviation = Math.sqrt(tf.moments(output).variance.dataSync()[0] as number);
  };
  forward(net, weights, xs, { onOutput }).dispose();
  return deviation;
}
