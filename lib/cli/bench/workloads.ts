/** The nets that contenders train, and predict with, beside each other. */
import type { LayerSpec, NetSpec } from '../../layers/spec';
import { alexNet } from '../../models/alexnet';
import { inceptionModule } from '../../models/inception';
import { nielsen } from '../../models/nielsen';
import { resNet } from '../../models/residual';

/**
 * A net in the words of those contenders who build it themselves, hidden layers
 * with ReLU, ten outputs. Weights start as N(0, 1 / fan-in), biases at 0.
 */
export type NetShape =
  | { readonly kind: 'dense'; readonly hidden: readonly number[] }
  /** Convolutions 20@5×5 and 40@5×5, each pooled 2 × 2; dropout before each dense layer. */
  | { readonly kind: 'conv'; readonly hidden: readonly number[]; readonly dropout: number }
  /** Over the 28 rows; the state after the last goes to the outputs. */
  | { readonly kind: 'lstm'; readonly units: number };

/** One net at one batch size: trained on softmax and cross-entropy, or asked for its outputs. */
export interface Workload {
  /** Stands in tables and on the command line: `conv:64`, or `conv:500:predict`. */
  readonly name: string;
  /** In words. */
  readonly title: string;
  readonly task: 'train' | 'predict';
  /** Layer by layer: ours and PyTorch build it from this. */
  readonly spec: NetSpec;
  /** For those who do not read layers; absent where they take no part. */
  readonly shape?: NetShape;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly optimizer: 'sgd' | 'adam';
}

interface Net {
  readonly title: string;
  readonly spec: NetSpec;
  readonly shape?: NetShape;
  readonly optimizer: Workload['optimizer'];
  readonly train: readonly number[];
  /** Batch size for predictions. */
  readonly predict: number;
}

const relu: LayerSpec = { kind: 'activation', name: 'relu' };
const logits: LayerSpec = { kind: 'dense', units: 10 };

/** Weights N(0, 1 / fan-in), biases zero, as all contenders have them. */
function started(net: NetSpec): NetSpec {
  const start = (spec: LayerSpec): LayerSpec => {
    if (spec.kind === 'conv' || spec.kind === 'dense')
      return { ...spec, weights: 'lecun-normal', biases: 'zeros' };
    if (spec.kind !== 'lstm') return spec;
    return { ...spec, weights: 'lecun-normal', recurrentWeights: 'lecun-normal', forgetBias: 0 };
  };
  return { ...net, layers: net.layers.map(start) };
}

/** A net of those that are published figures of this bench from its beginning: plain SGD. */
function shaped(title: string, shape: NetShape, train: readonly number[]): Net {
  const layersOf = (): NetSpec => {
    switch (shape.kind) {
      case 'dense': {
        const hidden = shape.hidden.flatMap((units): LayerSpec[] => [{ kind: 'dense', units }, relu]);
        return { inputShape: [784], layers: [...hidden, logits] };
      }
      case 'conv':
        return nielsen({ hidden: shape.hidden, activation: 'relu', dropout: shape.dropout });
      case 'lstm':
        return { inputShape: [28, 28], layers: [{ kind: 'lstm', units: shape.units }, logits] };
    }
  };
  return { title, shape, spec: started(layersOf()), optimizer: 'sgd', train, predict: 500 };
}

/** Two convolutions 32, two 64, each pair pooled, dense 256; 3 × 3, `same`. */
function pairs(normalized: boolean): NetSpec {
  const norm: LayerSpec[] = normalized ? [{ kind: 'batch-norm' }] : [];
  const conv = (filters: number): LayerSpec[] => [
    { kind: 'conv', filters, size: 3, padding: 'same', weights: 'he-normal' },
    ...norm,
    relu,
  ];
  const pool: LayerSpec = { kind: 'pool', method: 'max', size: 2 };
  return {
    inputShape: [28, 28, 1],
    layers: [
      ...[...conv(32), ...conv(32), pool, ...conv(64), ...conv(64), pool, { kind: 'flatten' } as const],
      ...[{ kind: 'dense', units: 256, weights: 'he-normal' } as const, ...norm, relu, logits],
    ],
  };
}

/** Module 3a of GoogLeNet on pictures of 28 × 28 × 192. */
const inception: NetSpec = {
  inputShape: [28, 28, 192],
  layers: [
    inceptionModule({ one: 64, threeReduce: 96, three: 128, fiveReduce: 16, five: 32, poolProjection: 32 }),
    { kind: 'pool', method: 'average', size: 'global' },
    { kind: 'flatten' },
    logits,
  ],
};

const recurrent = (kind: 'gru' | 'recurrent'): NetSpec => ({
  inputShape: [28, 28],
  layers: [{ kind, units: 128 }, logits],
});

const layered = (title: string, spec: NetSpec, batchSize: number = 64, predict: number = 500): Net => ({
  ...{ title, spec, optimizer: 'adam', train: [batchSize], predict },
});

const nets: Readonly<Record<string, Net>> = {
  mlp: shaped('dense 30', { kind: 'dense', hidden: [30] }, [256]),
  conv: shaped('two convolutions, dense 100', { kind: 'conv', hidden: [100], dropout: 0 }, [10, 64, 256]),
  dropout: shaped(
    'two convolutions, two dense 1,000, dropout',
    { kind: 'conv', hidden: [1000, 1000], dropout: 0.5 },
    [10, 64],
  ),
  deep: shaped(
    'dense 2500-2000-1500-1000-500',
    { kind: 'dense', hidden: [2500, 2000, 1500, 1000, 500] },
    [64],
  ),
  lstm: shaped('LSTM 128, 28 steps', { kind: 'lstm', units: 128 }, [64]),
  gru: layered('GRU 128, 28 steps', recurrent('gru')),
  rnn: layered('simple cell 128, 28 steps', recurrent('recurrent')),
  pairs: layered('convolutions 32-32, 64-64, dense 256', pairs(false)),
  norm: layered('the same with batch normalisation', pairs(true)),
  resnet8: layered('ResNet-8 at 28 × 28', resNet({ inputShape: [28, 28, 1], blocks: 1 })),
  resnet20: layered('ResNet-20 at 28 × 28', resNet({ inputShape: [28, 28, 1], blocks: 3 })),
  inception: layered('Inception 3a at 28 × 28 × 192', inception, 16, 16),
  alexnet: layered('AlexNet at 227 × 227', alexNet(), 16, 16),
};

function workload(name: string, net: Net, task: Workload['task'], batchSize: number): Workload {
  const { title, spec, shape, optimizer } = net;
  return {
    name: task === 'train' ? `${name}:${batchSize}` : `${name}:${batchSize}:predict`,
    title: `${title}, batch ${batchSize}`,
    ...{ task, spec, batchSize, optimizer },
    ...(shape && { shape }),
    learningRate: optimizer === 'sgd' ? 0.01 : 0.001,
  };
}

/** All workloads, training first. */
export const WORKLOADS: readonly Workload[] = [
  ...Object.entries(nets).flatMap(([name, net]) =>
    net.train.map((batchSize) => workload(name, net, 'train', batchSize)),
  ),
  ...Object.entries(nets).map(([name, net]) => workload(name, net, 'predict', net.predict)),
];

/**
 * The workloads of some names, all where there are none.
 *
 * @param names of workloads (`conv:64`), of nets (`conv`, all of its workloads), or `train` or `predict`.
 * @throws RangeError for a name there is not.
 */
export function workloadsOf(names: readonly string[]): readonly Workload[] {
  if (names.length === 0) return WORKLOADS;
  return names.flatMap((name) => {
    const found = WORKLOADS.filter(
      (one) => one.name === name || one.name.startsWith(`${name}:`) || one.task === name,
    );
    const exact = found.filter((one) => one.name === name);
    if (found.length > 0) return exact.length > 0 ? exact : found;
    const list = WORKLOADS.map((one) => one.name).join(', ');
    throw new RangeError(`bench training: there is no workload "${name}", only ${list}`);
  });
}
