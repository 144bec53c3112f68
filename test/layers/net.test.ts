import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forward, forwardTraining, initialize, outputShape } from 'inkwell/layers/net';
import { randomKey } from 'inkwell/layers/random';
import type { LayerSpec, NetSpec } from 'inkwell/layers/spec';

beforeAll(async () => {
  await useEngine();
});

const errorOf = (inputShape: number[], ...layers: LayerSpec[]): string => {
  try {
    outputShape({ inputShape, layers });
  } catch (error) {
    if (error instanceof RangeError) return error.message;
  }
  return 'no RangeError';
};

describe('a spec that cannot be is an error that names the layer', () => {
  const picture = [28, 28, 1];
  test.each<[string, number[], LayerSpec[]]>([
    [
      'layers.0 (dense): units must be a whole number of at least 1, got 0',
      [4],
      [{ kind: 'dense', units: 0 }],
    ],
    [
      'layers.1 (conv): expects input of shape [height, width, channels], got 784',
      picture,
      [{ kind: 'flatten' }, { kind: 'conv', filters: 2, size: 3 }],
    ],
    [
      'layers.0 (conv): a window of 29 does not fit into an input of 28 pixels',
      picture,
      [{ kind: 'conv', filters: 2, size: 29 }],
    ],
    [
      'layers.0 (conv): groups must divide 1 channels and 4 filters, got 2',
      picture,
      [{ kind: 'conv', filters: 4, size: 3, groups: 2 }],
    ],
    [
      'layers.0 (pool): stride must be a whole number of at least 1, got 0.5',
      picture,
      [{ kind: 'pool', method: 'max', size: 2, stride: 0.5 }],
    ],
    [
      'layers.0 (pool): method must be max, average or l2, got min',
      picture,
      [{ kind: 'pool', method: 'min' as 'max', size: 2 }],
    ],
    [
      'layers.0 (upsample): factor must be a whole number of at least 1, got 1.5',
      picture,
      [{ kind: 'upsample', factor: 1.5 }],
    ],
    [
      'layers.0 (upsample): expects input of shape [height, width, channels], got 784',
      [784],
      [{ kind: 'upsample' }],
    ],
    [
      'layers.0 (local-response): channels must be odd, got 4',
      picture,
      [{ kind: 'local-response', channels: 4 }],
    ],
    [
      'layers.0 (batch-norm): momentum must be in [0, 1), got 1',
      picture,
      [{ kind: 'batch-norm', momentum: 1 }],
    ],
    ['layers.0 (dropout): rate must be in [0, 1), got 1', picture, [{ kind: 'dropout', rate: 1 }]],
    [
      'layers.0 (reshape): cannot turn 28 × 28 × 1 (784) into 7 × 7 (49)',
      picture,
      [{ kind: 'reshape', shape: [7, 7] }],
    ],
    [
      'layers.0 (activation): an activation must be one of linear, sigmoid, tanh, relu, leaky-relu, elu, gelu, softplus, softmax, got swish',
      picture,
      [{ kind: 'activation', name: 'swish' as 'relu' }],
    ],
    [
      'layers.0 (residual): body and shortcut must end in one shape, got 3 and 4',
      [4],
      [{ kind: 'residual', body: [{ kind: 'dense', units: 3 }] }],
    ],
    [
      'layers.0.body.0 (dense): units must be a whole number of at least 1, got 1.5',
      [4],
      [{ kind: 'residual', body: [{ kind: 'dense', units: 1.5 }] }],
    ],
    ['layers.0 (parallel): needs at least one branch, got none', [4], [{ kind: 'parallel', branches: [] }]],
    [
      'layers.0 (parallel): branches may differ in the last axis only, got 28 × 28 × 1, 14 × 14 × 1',
      picture,
      [{ kind: 'parallel', branches: [[], [{ kind: 'pool', method: 'max', size: 2 }]] }],
    ],
    [
      'layers.0 (parallel), added: branches must end in one shape, got 4, 3',
      [4],
      [{ kind: 'parallel', join: 'add', branches: [[], [{ kind: 'dense', units: 3 }]] }],
    ],
    [
      'layers.0 (parallel), multiplied: branches must end in at least one axis, got scalar',
      [4],
      [{ kind: 'parallel', join: 'dot', branches: [[{ kind: 'select', at: 0 }]] }],
    ],
    [
      'layers.0 (parallel): join must be concatenate, add or dot, got mean',
      [4],
      [{ kind: 'parallel', join: 'mean' as 'add', branches: [[]] }],
    ],
    [
      'layers.0 (select): places must be whole numbers in 0 … 3 for input 4, got 4',
      [4],
      [{ kind: 'select', at: [0, 4] }],
    ],
    ['layers.0 (select): needs at least one place, got none', [4], [{ kind: 'select', at: [] }]],
    [
      'layers.0 (sigmoid-range): high must be a number above 5, got 1',
      [4],
      [{ kind: 'sigmoid-range', low: 5, high: 1 }],
    ],
    [
      'layers.0 (embedding): vocabulary must be a whole number of at least 1, got 0',
      [4],
      [{ kind: 'embedding', vocabulary: 0, dimensions: 2 }],
    ],
    [
      'layers.0 (lstm): expects input of shape [steps, features], got 784',
      [784],
      [{ kind: 'lstm', units: 3 }],
    ],
    ['layers.0: there is no layer of kind "magic"', [4], [{ kind: 'magic' } as unknown as LayerSpec]],
  ])('%s', (message, inputShape, layers) => {
    expect(errorOf(inputShape, ...layers)).toBe(message);
  });

  test('and so is an input shape', () => {
    expect(errorOf([28, -1])).toBe('inputShape: each size must be a whole number of at least 1, got -1');
  });
});

const net: NetSpec = {
  inputShape: [20],
  layers: [
    { kind: 'dense', units: 400 },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'batch-norm' },
    { kind: 'dropout', rate: 0.25 },
  ],
};

describe('forward', () => {
  test('refuses a batch of another shape', () => {
    const weights = initialize(net);
    tf.tidy(() => {
      expect(() => forward(net, weights, tf.zeros([2, 21]))).toThrow(
        new RangeError('forward: xs must have shape batch × 20, got 2 × 21'),
      );
    });
    disposeWeights(weights);
  });

  test('names a tensor that the weights lack', () => {
    tf.tidy(() => {
      expect(() => forward(net, { parameters: {}, buffers: {} }, tf.zeros([2, 20]))).toThrow(
        new RangeError('forward: the weights have no tensor layers.0.weights'),
      );
    });
  });

  test('leaves no tensor behind but its output, tells each layer’s output', async () => {
    const weights = initialize(net);
    const xs = tf.ones([3, 20]);
    const paths: string[] = [];
    const onOutput = (path: string, output: tf.Tensor): void => {
      paths.push(`${path} ${output.shape}`);
    };
    const outputs = await withoutLeaks(() => forward(net, weights, xs, { onOutput }), { kept: 1 });
    expect(paths).toEqual(['layers.0 3,400', 'layers.1 3,400', 'layers.2 3,400', 'layers.3 3,400']);
    const key = randomKey(1, 1);
    const pass = await withoutLeaks(() => forwardTraining(net, weights, xs, { key }), { kept: 3 });
    tf.dispose([xs, outputs, key, pass.outputs, Object.values(pass.buffers)]);
    disposeWeights(weights);
  });
});

test('upsample makes a square of each pixel', () => {
  const upsampled: NetSpec = { inputShape: [1, 2, 2], layers: [{ kind: 'upsample', factor: 2 }] };
  tf.tidy(() => {
    const xs = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
    const outputs = forward(upsampled, { parameters: {}, buffers: {} }, xs);
    expect(outputs.shape).toEqual([1, 2, 4, 2]);
    const row = [1, 2, 1, 2, 3, 4, 3, 4];
    expect([...outputs.dataSync()]).toEqual([...row, ...row]);
  });
});

describe('dropout', () => {
  const drop: NetSpec = {
    inputShape: [5000],
    layers: [
      { kind: 'dropout', rate: 0.25 },
      { kind: 'dropout', rate: 0 },
    ],
  };
  const outputs = (seed: number, step: number, rate?: number): Float32Array =>
    tf.tidy(() => {
      const mode = {
        key: randomKey(seed, step),
        ...(rate === undefined ? {} : { dropoutRate: tf.scalar(rate) }),
      };
      const pass = forwardTraining(drop, { parameters: {}, buffers: {} }, tf.ones([1, 5000]), mode);
      return pass.outputs.dataSync() as Float32Array;
    });

  test('zeroes its share and scales the rest, so that the mean stays', () => {
    const values = outputs(1, 1);
    const zeros = values.filter((value) => value === 0).length / values.length;
    expect(zeros).toBeGreaterThan(0.22);
    expect(zeros).toBeLessThan(0.28);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
  });

  test('is decided by seed and step, and by the layer’s place', () => {
    expect(outputs(1, 1)).toEqual(outputs(1, 1));
    expect(outputs(1, 1)).not.toEqual(outputs(1, 2));
    expect(outputs(1, 1)).not.toEqual(outputs(2, 1));
    // A rate for all layers drops in both: half of a half stays.
    const left = outputs(1, 1, 0.5).filter((value) => value > 0).length / 5000;
    expect(left).toBeGreaterThan(0.22);
    expect(left).toBeLessThan(0.28);
  });

  test('does nothing outside training', () => {
    tf.tidy(() => {
      const xs = tf.ones([1, 5000]);
      expect(forward(drop, { parameters: {}, buffers: {} }, xs).dataSync()).toEqual(xs.dataSync());
    });
  });
});
