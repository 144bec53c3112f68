/**
 * The U-Net (Ronneberger, Fischer and Brox, 2015), made small: a picture goes
 * down through pooling, to see far, and up again, to answer for every pixel; at
 * each size what was seen on the way down joins what comes up.
 */
import { checkOptions, required } from '../core/argument';
import { aNumber, someNumbers } from '../core/argument-kinds';
import type { LayerSpec, NetSpec } from '../layers/spec';

export interface UNetOptions {
  /** Height and width must be multiples of 2 for each item of `channels`; default 64 × 96 × 3. */
  readonly inputShape?: readonly [number, number, number];
  readonly classes: number;
  /** Filters at each size: the first at half the picture's, each next at half of that; default 16, 24, 32. */
  readonly channels?: readonly number[];
}

const convolved = (filters: number, stride: number = 1): LayerSpec[] => [
  { kind: 'conv', filters, size: 3, stride, padding: 'same', weights: 'he-normal', biases: 'none' },
  { kind: 'batch-norm' },
  { kind: 'activation', name: 'relu' },
];

/** The layers at one size and, between them, those below. */
function level([filters, ...smaller]: readonly number[], stride: number = 1): LayerSpec[] {
  if (filters === undefined) return [];
  if (smaller.length === 0) return convolved(filters, stride);
  const below: LayerSpec[] = [
    { kind: 'pool', method: 'max', size: 2 },
    ...level(smaller),
    { kind: 'upsample' },
  ];
  const joined: LayerSpec = { kind: 'parallel', branches: [[], below] };
  return [...convolved(filters, stride), joined, ...convolved(filters)];
}

/**
 * A net that gives each pixel a logit for each class: `[height, width, classes]`.
 *
 * The first convolution has a stride of 2: at full size a convolution costs four times as much,
 * and the borders gain little by it.
 *
 * @throws RangeError where there are no channels or the picture cannot be halved so often.
 */
export function uNet(options: UNetOptions): NetSpec {
  checkOptions('uNet', options, {
    inputShape: someNumbers,
    classes: required(aNumber),
    channels: someNumbers,
  });
  const { inputShape = [64, 96, 3], classes, channels = [16, 24, 32] } = options;
  const divisor = 2 ** channels.length;
  const [height, width] = inputShape;
  if (channels.length === 0 || height % divisor !== 0 || width % divisor !== 0) {
    const expected = `multiples of ${divisor} for ${channels.length} sizes (at least one)`;
    throw new RangeError(`uNet: height and width must be ${expected}, got ${height} × ${width}`);
  }
  return {
    inputShape,
    layers: [
      ...level(channels, 2),
      { kind: 'upsample' },
      { kind: 'conv', filters: classes, size: 3, padding: 'same' },
    ],
  };
}
