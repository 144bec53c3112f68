/** Random nets from layer specs: layers one after another, as long as they fit. */
import type { Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';
import { outputShape } from 'inkwell/layers/net';
import type { LayerSpec, NetSpec } from 'inkwell/layers/spec';

type Shape = readonly number[];

const activation = (random: Random): LayerSpec => ({
  kind: 'activation',
  name: random.pick(['relu', 'relu', 'sigmoid', 'tanh', 'leaky-relu', 'elu', 'gelu', 'softplus', 'linear']),
});

/** Of examples that hardly differ it would make rounding large, were epsilon as small as it is by itself. */
const batchNorm: LayerSpec = { kind: 'batch-norm', epsilon: 0.1 };

/** A convolution wide enough for one of our own, and what may come after it. */
const wideConv = (random: Random, filters: number): LayerSpec[] => [
  {
    kind: 'conv',
    filters,
    size: 3,
    padding: random.pick(['same', 'same', 'valid', 1] as const),
    biases: random.pick(['zeros', 'none'] as const),
  },
  ...(random.uniform() < 0.5 ? [batchNorm] : []),
  ...(random.uniform() < 0.7 ? [activation(random)] : []),
];

/** Layers that keep the shape, for the bodies of blocks. */
function bodyFor(random: Random, [...shape]: Shape): LayerSpec[] {
  const units = shape.at(-1) as number;
  const main: LayerSpec =
    shape.length === 3 && random.uniform() < 0.7
      ? { kind: 'conv', filters: units, size: random.pick([1, 3]), padding: 'same' }
      : { kind: 'dense', units };
  return [
    main,
    ...(random.uniform() < 0.5 ? [activation(random)] : []),
    ...(random.uniform() < 0.3 ? [batchNorm] : []),
  ];
}

type Maker = (random: Random, shape: Shape) => LayerSpec[];

const ofAny: readonly Maker[] = [
  // Of one number it is always 1, and how that is rounded would decide what a ReLU does.
  (_, shape) => ((shape.at(-1) as number) > 1 ? [{ kind: 'activation', name: 'softmax' }] : []),
  (random) => [activation(random)],
  (random) => [{ kind: 'dropout', rate: random.pick([0, 0.1, 0.5]) }],
  () => [batchNorm],
  (random) => [
    { kind: 'dense', units: 1 + random.integer(9), biases: random.pick(['zeros', 'none']) as 'none' },
    activation(random),
  ],
  (random, shape) => [{ kind: 'residual', body: bodyFor(random, shape) }, activation(random)],
  (random, shape) => [
    {
      kind: 'parallel',
      branches: [bodyFor(random, shape), bodyFor(random, shape)],
      join: random.pick(['concatenate', 'add', 'concatenate'] as const),
    },
  ],
  (random, shape) => [{ kind: 'select', at: [0, random.integer(shape.at(-1) as number)] }],
];

const ofPictures: readonly Maker[] = [
  (random) => [
    {
      kind: 'conv',
      filters: 1 + random.integer(8),
      size: random.pick([1, 2, 3, 5]),
      padding: random.pick(['valid', 'same', 1] as const),
    },
    activation(random),
    { kind: 'pool', method: random.pick(['max', 'max', 'average', 'l2'] as const), size: 2 },
  ],
  (random) => [
    {
      kind: 'conv',
      filters: 1 + random.integer(8),
      size: random.pick([2, 3]),
      stride: random.pick([1, 1, 2]),
      padding: 'same',
    },
    activation(random),
  ],
  (random, shape) => [
    {
      kind: 'conv',
      filters: 2 * (shape[2] as number),
      groups: shape[2] as number,
      size: random.pick([[1, 3], [3, 2], 3] as const),
      padding: 'same',
    },
  ],
  (random) => [
    {
      kind: 'pool',
      method: random.pick(['max', 'average', 'l2'] as const),
      size: random.pick([2, 3]),
      stride: random.pick([1, 2, 3]),
      padding: random.pick(['valid', 'same'] as const),
    },
  ],
  (random) => [...wideConv(random, 16 + random.integer(4)), ...wideConv(random, 16 + random.integer(20))],
  (random) => [
    ...wideConv(random, 17),
    {
      kind: 'residual',
      body: [...wideConv(random, 17), { kind: 'conv', filters: 17, size: 3, padding: 'same' }, batchNorm],
    },
    activation(random),
    { kind: 'pool', method: 'max', size: random.pick([2, 3]), stride: 2 },
  ],
  () => [{ kind: 'local-response' }],
  () => [{ kind: 'upsample' }],
  (random) => [{ kind: 'pool', method: random.pick(['max', 'average', 'l2'] as const), size: 'global' }],
];

const ofSequences: readonly Maker[] = [
  (random) => [
    {
      kind: 'recurrent',
      units: 1 + random.integer(6),
      activation: random.pick(['tanh', 'relu', 'sigmoid'] as const),
      returns: 'sequence',
    },
  ],
  (random) => [
    { kind: 'lstm', units: 1 + random.integer(9), returns: random.pick(['sequence', 'last'] as const) },
  ],
  (random) => [
    { kind: 'gru', units: 1 + random.integer(9), returns: random.pick(['sequence', 'last'] as const) },
  ],
  (random) => [
    { kind: 'lstm', units: 1 + random.integer(9), returns: 'sequence' },
    { kind: 'dropout', rate: 0.2 },
  ],
];

const makersFor = (shape: Shape): readonly Maker[] =>
  [ofAny, [...ofSequences, ...ofSequences, ...ofAny], [...ofPictures, ...ofPictures, ...ofAny]][
    shape.length - 1
  ] ?? ofAny;

/** Layers one after another, as long as they fit. */
function netOf(random: Random, inputShape: Shape, first: LayerSpec[], classes: number): NetSpec {
  let layers = first;
  for (let i = random.integer(5); i >= 0; i--) {
    const shape = outputShape({ inputShape, layers });
    const more = [...layers, ...random.pick(makersFor(shape))(random, shape)];
    if (fits({ inputShape, layers: more })) layers = more;
  }
  return { inputShape, layers: [...layers, { kind: 'flatten' }, { kind: 'dense', units: classes }] };
}

function fits(net: NetSpec): boolean {
  try {
    return tf.util.sizeFromShape([...outputShape(net)]) <= 2000;
  } catch {
    return false;
  }
}

/** A net, and of text, how many words it knows. */
export function randomNet(
  random: Random,
  classes: number,
): { readonly net: NetSpec; readonly vocabulary?: number } {
  const kind = random.pick(['row', 'picture', 'picture', 'picture', 'sequence', 'sequence', 'text', 'wide']);
  if (kind === 'wide') {
    const first: LayerSpec[] = [
      { kind: 'dense', units: 512 },
      activation(random),
      { kind: 'dense', units: 520 },
    ];
    return { net: netOf(random, [520], first, classes) };
  }
  if (kind === 'row') return { net: netOf(random, [random.pick([1, 5, 12, 40])], [], classes) };
  if (kind === 'sequence')
    return { net: netOf(random, [1 + random.integer(6), 1 + random.integer(5)], [], classes) };
  if (kind === 'picture') {
    const side = random.pick([4, 6, 7, 9]);
    return { net: netOf(random, [side, random.pick([side, 5]), random.pick([1, 2, 3])], [], classes) };
  }
  const vocabulary = 2 + random.integer(9);
  const first: LayerSpec = { kind: 'embedding', vocabulary, dimensions: 1 + random.integer(6) };
  return { net: netOf(random, [1 + random.integer(5)], [first], classes), vocabulary };
}
