/**
 * AlexNet (Krizhevsky, Sutskever and Hinton, 2012), layer by layer: five
 * convolutions, of which three see only half the channels because the net was
 * cut in two for two GPUs, overlapping pooling, local response normalisation.
 * The paper says 224 pixels; its arithmetic (55 = (227 − 11) / 4 + 1) needs 227.
 */
import { checkOptions } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import type { Initializer } from '../layers/initializer';
import type { LayerSpec, NetSpec } from '../layers/spec';

export interface AlexNetOptions {
  /** Side of the square picture in pixels; default 227. */
  readonly size?: number;
  /** Default 1000. */
  readonly classes?: number;
  /** Divides every layer's width, to try the net on small data; default 1. */
  readonly widthDivisor?: number;
}

const relu: LayerSpec = { kind: 'activation', name: 'relu' };
const normalise: LayerSpec = { kind: 'local-response', channels: 5, bias: 2, alpha: 1e-4, beta: 0.75 };
const overlappingPool: LayerSpec = { kind: 'pool', method: 'max', size: 3, stride: 2 };
const drop: LayerSpec = { kind: 'dropout', rate: 0.5 };

/** Section 5: N(0, 0.01²); biases 1 in the second, fourth and fifth convolution and the dense layers, else 0. */
const weights: Initializer = { kind: 'normal', deviation: 0.01 };

/** The net as published: 60,965,224 parameters. */
export function alexNet(options: AlexNetOptions = {}): NetSpec {
  checkOptions('alexNet', options, { size: aNumber, classes: aNumber, widthDivisor: aNumber });
  const { size = 227, classes = 1000, widthDivisor = 1 } = options;
  const conv = (
    filters: number,
    rest: { size: number; stride?: number; groups?: number },
    biases: 'zeros' | 'ones',
  ): LayerSpec => ({
    kind: 'conv',
    filters: filters / widthDivisor,
    padding: rest.stride === undefined ? 'same' : 'valid',
    weights,
    biases,
    ...rest,
  });
  const dense = (units: number, biases: 'zeros' | 'ones'): LayerSpec => ({
    kind: 'dense',
    units,
    weights,
    biases,
  });
  return {
    inputShape: [size, size, 3],
    layers: [
      ...[conv(96, { size: 11, stride: 4 }, 'zeros'), relu, normalise, overlappingPool],
      ...[conv(256, { size: 5, groups: 2 }, 'ones'), relu, normalise, overlappingPool],
      ...[conv(384, { size: 3 }, 'zeros'), relu],
      ...[conv(384, { size: 3, groups: 2 }, 'ones'), relu],
      ...[conv(256, { size: 3, groups: 2 }, 'ones'), relu, overlappingPool],
      { kind: 'flatten' },
      ...[drop, dense(4096 / widthDivisor, 'ones'), relu],
      ...[drop, dense(4096 / widthDivisor, 'ones'), relu],
      dense(classes, 'zeros'),
    ],
  };
}
