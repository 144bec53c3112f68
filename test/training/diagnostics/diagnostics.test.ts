import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, initialize, type Weights } from 'inkwell/layers/net';
import type { NetSpec } from 'inkwell/layers/spec';
import { confusionMatrix } from 'inkwell/training/diagnostics/confusion';
import { featureMaps, filters } from 'inkwell/training/diagnostics/maps';
import { saliency } from 'inkwell/training/diagnostics/saliency';
import { weightHistograms } from 'inkwell/training/diagnostics/weight-histograms';
import { verdicts, worstErrors } from 'inkwell/training/diagnostics/worst-errors';
import { imageGrid } from 'inkwell/views/image-grid';

beforeAll(async () => {
  await useEngine();
});

describe('confusionMatrix', () => {
  test('counts, row by true class', () => {
    const { counts, accuracy, recall, precision } = confusionMatrix([0, 1, 1, 1, 2], [0, 0, 1, 1, 1]);
    expect(counts).toEqual([
      [1, 1, 0],
      [0, 2, 1],
      [0, 0, 0],
    ]);
    expect(accuracy).toBe(0.6);
    expect(recall).toEqual([0.5, 2 / 3, Number.NaN]);
    expect(precision).toEqual([1, 2 / 3, 0]);
  });

  test('refuses what does not pair up or is no class', () => {
    expect(() => confusionMatrix([1], [1, 2])).toThrow(
      new RangeError('confusionMatrix: 1 predictions but 2 labels'),
    );
    expect(() => confusionMatrix([3], [1], { classes: 3 })).toThrow(
      new RangeError('confusionMatrix: classes must be whole numbers in 0 … 2, got 1 and 3'),
    );
  });
});

test('worst errors, the least probable truth first', async () => {
  await withoutLeaks(() =>
    tf.tidy(() => {
      const logits = tf.log(
        tf.tensor2d([
          [0.8, 0.2],
          [0.7, 0.3],
          [0.1, 0.9],
          [0.6, 0.4],
        ]),
      );
      const labels = [0, 1, 0, 1];
      expect(worstErrors(logits, labels).map(({ index }) => index)).toEqual([2, 1, 3]);
      const [worst] = worstErrors(logits, labels, { count: 1 });
      expect(worst).toMatchObject({ index: 2, label: 0, predicted: 1 });
      expect(worst?.confidence).toBeCloseTo(0.9);
      expect(worst?.loss).toBeCloseTo(-Math.log(0.1));
      expect(verdicts(logits, labels).length).toBe(4);
      expect(() => verdicts(logits, [1])).toThrow(
        new RangeError('verdicts: logits must have shape [1, classes], got [4,2]'),
      );
    }),
  );
});

const net: NetSpec = {
  inputShape: [3, 3, 2],
  layers: [
    { kind: 'conv', filters: 2, size: 2, biases: 'none' },
    { kind: 'flatten' },
    { kind: 'dense', units: 2 },
  ],
};

describe('pictures of a net', () => {
  let weights: Weights;
  let x: tf.Tensor;
  beforeAll(() => {
    weights = initialize(net);
    x = tf.randomNormal([1, 3, 3, 2], 0, 1, 'float32', 1);
  });
  afterAll(() => {
    disposeWeights(weights);
    x.dispose();
  });

  test('filters, one for each channel seen', async () => {
    const values = (weights.parameters['layers.0.weights'] as tf.Tensor).dataSync();
    const pictures = await withoutLeaks(() => filters(weights, 'layers.0', { channel: 1 }));
    expect(pictures.map(({ height, width }) => [height, width])).toEqual([
      [2, 2],
      [2, 2],
    ]);
    // [row, column, channel, filter], the last one fastest.
    expect([...(pictures[1]?.values ?? [])]).toEqual([3, 7, 11, 15].map((i) => values[i]));
    expect(() => filters(weights, 'layers.2')).toThrow(new RangeError('filters: layers.2 is no convolution'));
    expect(() => filters(weights, 'layers.0', { channel: 2 })).toThrow(
      new RangeError('filters: channel must be in 0 … 1, got 2'),
    );
  });

  test('filters and feature maps are drawn as they are', () => {
    const maps = featureMaps(net, weights, x, 'layers.0');
    const view = imageGrid([...filters(weights, 'layers.0'), ...maps], { alt: 'Filters, then maps' });
    expect(String(view.bundle['text/html']).match(/<img /g)).toHaveLength(4);
  });

  test('feature maps are the convolution, written out', async () => {
    const maps = await withoutLeaks(() => featureMaps(net, weights, x, 'layers.0'));
    const [kernel, pixels] = [(weights.parameters['layers.0.weights'] as tf.Tensor).dataSync(), x.dataSync()];
    let sum = 0;
    for (const [row, column, channel] of [0, 1].flatMap((r) =>
      [0, 1].flatMap((c) => [0, 1].map((k) => [r, c, k] as const)),
    )) {
      const weight = kernel[((row * 2 + column) * 2 + channel) * 2 + 1] as number;
      sum += weight * (pixels[((row + 1) * 3 + column) * 2 + channel] as number);
    }
    expect(maps.length).toBe(2);
    expect(maps[1]?.values[2]).toBeCloseTo(sum, 5);
    expect(() => featureMaps(net, weights, x, 'layers.7')).toThrow(
      new RangeError('featureMaps: there is no layer layers.7'),
    );
    expect(() => featureMaps(net, weights, x, 'layers.1')).toThrow(
      new RangeError('featureMaps: the output of layers.1 is no picture: [1,8]'),
    );
  });

  test('saliency of a linear net is the weight itself', async () => {
    const linear: NetSpec = {
      inputShape: [2, 2, 1],
      layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }],
    };
    await withoutLeaks(() =>
      tf.tidy(() => {
        const parameters = {
          'layers.1.weights': tf.tensor2d([
            [1, -2],
            [3, -4],
            [-5, 6],
            [7, 8],
          ]),
          'layers.1.biases': tf.zeros([2]),
        };
        const picture = tf.ones([1, 2, 2, 1]);
        const own = { parameters, buffers: {} };
        expect([...saliency(linear, own, picture, 0).values]).toEqual([1, 3, 5, 7]);
        // The second class answers more, 8 against 6, so without a class it is asked about that one.
        expect([...saliency(linear, own, picture).values]).toEqual([2, 4, 6, 8]);
      }),
    );
    tf.tidy(() => {
      expect(() => saliency(net, weights, x.reshape([1, 18]))).toThrow(
        new RangeError('saliency: x must have shape [1, height, width, channels], got [1,18]'),
      );
    });
  });
});

test('weight histograms', () => {
  tf.tidy(() => {
    const [histogram, flat] = weightHistograms(
      { w: tf.tensor1d([0, 1, 1.5, 4]), b: tf.tensor1d([2, 2]) },
      { bins: 4 },
    );
    expect(histogram).toMatchObject({
      parameter: 'w',
      edges: [0, 1, 2, 3, 4],
      counts: [1, 2, 0, 1],
      mean: 1.625,
    });
    expect(flat).toMatchObject({ parameter: 'b', counts: [2, 0, 0, 0], deviation: 0 });
    expect(() => weightHistograms({}, { bins: 0 })).toThrow(
      new RangeError('weightHistograms: bins must be a whole number of at least 1, got 0'),
    );
  });
});
