/** Each net of the series, made small, learns a handful of examples by heart, as a graph. */

import type { Examples } from 'inkwell/data/examples';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import type { NetSpec } from 'inkwell/layers/spec';
import { alexNet } from 'inkwell/models/alexnet';
import { featureFinder } from 'inkwell/models/feature-finder';
import { inceptionModule } from 'inkwell/models/inception';
import { mlp } from 'inkwell/models/mlp';
import { nielsen } from 'inkwell/models/nielsen';
import { resNet } from 'inkwell/models/residual';
import { sequenceClassifier } from 'inkwell/models/sequence';
import { vgg } from 'inkwell/models/vgg';
import { disposeExamples } from 'inkwell/training/examples';
import { curve } from 'inkwell/training/history';
import { Learner } from 'inkwell/training/learner';
import { adam } from 'inkwell/training/optimizers';

beforeAll(async () => {
  await useEngine();
});

const COUNT = 12;
const CLASSES = 3;

const inception: NetSpec = {
  inputShape: [8, 8, 3],
  layers: [
    inceptionModule({ one: 4, threeReduce: 3, three: 4, fiveReduce: 2, five: 3, poolProjection: 3 }),
    { kind: 'local-response' },
    { kind: 'pool', method: 'average', size: 'global' },
    { kind: 'flatten' },
    { kind: 'dense', units: CLASSES },
  ],
};

const smallVgg = vgg(
  [
    [1, 4],
    [2, 8],
  ],
  { inputShape: [8, 8, 3], hidden: [16], classes: CLASSES },
);

/** AlexNet's weights start small, for a large net; one of a sixteenth starts with larger ones. */
function strengthened(net: NetSpec): NetSpec {
  const layers = net.layers.map((layer) =>
    'weights' in layer ? { ...layer, weights: 'he-normal' as const } : layer,
  );
  return { ...net, layers };
}

test.each<[string, NetSpec]>([
  ['mlp', mlp({ inputShape: [5, 5, 1], hidden: [20, 10], activation: 'tanh', outputs: CLASSES })],
  [
    'nielsen with dropout',
    nielsen({ filters: [4, 6], hidden: [20], activation: 'relu', dropout: 0.2, outputs: CLASSES }),
  ],
  ['alexnet', strengthened(alexNet({ size: 67, classes: CLASSES, widthDivisor: 16 }))],
  ['vgg', smallVgg],
  ['inception', inception],
  ['feature finder', featureFinder({ inputShape: [8, 8, 3], classes: CLASSES, filters: [4, 6] })],
  ['resnet', resNet({ inputShape: [8, 8, 3], blocks: 1, channels: 4, classes: CLASSES })],
  [
    'recurrent',
    sequenceClassifier({ steps: 6, features: 4, units: 12, cell: 'recurrent', classes: CLASSES }),
  ],
  ['lstm', sequenceClassifier({ steps: 6, features: 4, units: 12, classes: CLASSES })],
  [
    'gru of characters',
    sequenceClassifier({ steps: 6, vocabulary: 5, units: 12, cell: 'gru', classes: CLASSES }),
  ],
])('%s', async (_, net) => {
  const train = examplesFor(net);
  await withoutLeaks(async () => {
    const learner = new Learner({ net, optimizer: adam() });
    const history = await learner.fit({ train, epochs: 120, batchSize: COUNT, learningRate: 0.01 });
    const losses = curve(history, 'train', 'loss');
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] as number));
    learner.dispose();
  });
  disposeExamples(train);
});

function examplesFor(net: NetSpec): Examples {
  const shape = [COUNT, ...net.inputShape];
  const isCharacters = net.layers[0]?.kind === 'embedding';
  const xs = tf.tidy(() => {
    const values = tf.randomUniform(shape, 0, 4.99, 'float32', 3);
    return isCharacters ? tf.floor(values) : tf.sub(tf.div(values, 2.5), 1);
  });
  const labels = Int32Array.from({ length: COUNT }, (_, i) => i % CLASSES);
  return { xs, ys: tf.tensor1d(labels, 'int32') };
}
