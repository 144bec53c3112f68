/**
 * Layers as data. A net is a list of these; nothing here computes. What each
 * kind does stands in the file of its name, and `kinds.ts` finds it.
 */
import type { Initializer } from './initializer';
import type { Shape } from './shape';

/** Every unit sees the whole input: `xs · weights + biases`, on the last axis. */
export interface DenseSpec {
  readonly kind: 'dense';
  readonly units: number;
  /** Default `glorot-uniform`. */
  readonly weights?: Initializer;
  /** Default `zeros`; `none` leaves them out. */
  readonly biases?: Initializer | 'none';
}

/** `valid`: only whole windows. `same`: as many outputs as inputs (by stride 1). A number: zeros on each side. */
export type Padding = 'valid' | 'same' | number;

/** Filters that slide over the picture, the same everywhere. Input `[height, width, channels]`. */
export interface ConvSpec {
  readonly kind: 'conv';
  readonly filters: number;
  /** Side of the window, or its `[height, width]`, in pixels. */
  readonly size: number | readonly [number, number];
  /** Pixels between windows; default 1. */
  readonly stride?: number;
  /** Default `valid`. */
  readonly padding?: Padding;
  /** Splits the channels into so many parts that do not see each other; default 1. */
  readonly groups?: number;
  readonly weights?: Initializer;
  readonly biases?: Initializer | 'none';
}

/** One number for each window of each channel. */
export interface PoolSpec {
  readonly kind: 'pool';
  /** The largest, the mean, or the root of the sum of squares. */
  readonly method: 'max' | 'average' | 'l2';
  /** Side of the window in pixels; `global`: the whole picture. */
  readonly size: number | 'global';
  /** Default `size`. */
  readonly stride?: number;
  /** Default `valid`. */
  readonly padding?: 'valid' | 'same';
}

/** Each pixel becomes a square of pixels, all of its value. Input `[height, width, channels]`. */
export interface UpsampleSpec {
  readonly kind: 'upsample';
  /** Pixels along each side of the square; default 2. */
  readonly factor?: number;
}

/** Local response normalisation (Krizhevsky, Sutskever and Hinton, 2012, section 3.3). */
export interface LocalResponseSpec {
  readonly kind: 'local-response';
  /** Neighbouring channels that count, an odd number; default 5. */
  readonly channels?: number;
  /** Default 2. */
  readonly bias?: number;
  /** Default 1e-4. */
  readonly alpha?: number;
  /** Default 0.75. */
  readonly beta?: number;
}

/** Batch normalisation over all axes but the last (Ioffe and Szegedy, 2015). */
export interface BatchNormSpec {
  readonly kind: 'batch-norm';
  /** The share of the moving averages that a step keeps; default 0.9. */
  readonly momentum?: number;
  /** Default 1e-5. */
  readonly epsilon?: number;
}

/** Zeroes a share of its inputs while training and scales the rest up (Srivastava et al., 2014). */
export interface DropoutSpec {
  readonly kind: 'dropout';
  /** The share that is zeroed, in [0, 1). */
  readonly rate: number;
}

/** All axes become one. */
export interface FlattenSpec {
  readonly kind: 'flatten';
}

/** The same numbers in another shape. */
export interface ReshapeSpec {
  readonly kind: 'reshape';
  readonly shape: Shape;
}

/** The functions there are; formulas in `activation.ts`. */
export type ActivationName =
  | 'linear'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky-relu'
  | 'elu'
  | 'gelu'
  | 'softplus'
  | 'softmax';

/** A function of each number; softmax of the last axis. */
export interface ActivationSpec {
  readonly kind: 'activation';
  readonly name: ActivationName;
}

/** `low + (high − low) · σ(x)`: any number becomes one in a range, such as a rating of 1 … 5. */
export interface SigmoidRangeSpec {
  readonly kind: 'sigmoid-range';
  readonly low: number;
  readonly high: number;
}

/** `body(xs) + shortcut(xs)` (He et al., 2015). */
export interface ResidualSpec {
  readonly kind: 'residual';
  readonly body: readonly LayerSpec[];
  /** Default empty: the input itself. */
  readonly shortcut?: readonly LayerSpec[];
}

/** Branches side by side, all given the same input (Szegedy et al., 2014). */
export interface ParallelSpec {
  readonly kind: 'parallel';
  readonly branches: readonly (readonly LayerSpec[])[];
  /**
   * How their outputs become one. `concatenate` (the default): one after the other on the last axis.
   * `add`: number by number. `dot`: multiplied number by number and summed over the last axis, of
   * which one number is left: for two vectors, their dot product.
   */
  readonly join?: 'concatenate' | 'add' | 'dot';
}

/** Part of the last axis: how a row of several things goes to several branches. */
export interface SelectSpec {
  readonly kind: 'select';
  /** One place, whose axis goes: `[…, size]` becomes `[…]`. Or a list: `[…, size]` becomes `[…, list.length]`. */
  readonly at: number | readonly number[];
}

/** A row of a table for each whole number: `[…]` becomes `[…, dimensions]`. */
export interface EmbeddingSpec {
  readonly kind: 'embedding';
  /** How many rows: the numbers are 0 … vocabulary − 1. */
  readonly vocabulary: number;
  readonly dimensions: number;
  /** Default N(0, 1). */
  readonly weights?: Initializer;
}

/** What every recurrent kind has. Input `[steps, features]`. */
export interface RecurrentOptions {
  readonly units: number;
  /** The state after the last step, `[units]`, or after each, `[steps, units]`; default `last`. */
  readonly returns?: 'last' | 'sequence';
  /** Weights from the input; default `glorot-uniform`. */
  readonly weights?: Initializer;
  /** Weights from the state before; default `orthogonal`. */
  readonly recurrentWeights?: Initializer;
}

/** `h = f(x·W + h·U + b)` (Elman, 1990). */
export interface RecurrentSpec extends RecurrentOptions {
  readonly kind: 'recurrent';
  /** Default `tanh`. */
  readonly activation?: 'tanh' | 'relu' | 'sigmoid';
}

/** Long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate by Gers et al., 2000). */
export interface LstmSpec extends RecurrentOptions {
  readonly kind: 'lstm';
  /** What the forget gate's biases start at; default 1 (Jozefowicz et al., 2015). */
  readonly forgetBias?: number;
}

/** The gated recurrent unit (Cho et al., 2014), with the reset after the product. */
export interface GruSpec extends RecurrentOptions {
  readonly kind: 'gru';
}

/** Any layer; `kind` tells which. */
export type LayerSpec =
  | DenseSpec
  | ConvSpec
  | PoolSpec
  | UpsampleSpec
  | LocalResponseSpec
  | BatchNormSpec
  | DropoutSpec
  | FlattenSpec
  | ReshapeSpec
  | ActivationSpec
  | SigmoidRangeSpec
  | ResidualSpec
  | ParallelSpec
  | SelectSpec
  | EmbeddingSpec
  | RecurrentSpec
  | LstmSpec
  | GruSpec;

/** A net: what comes in, and the layers in order. */
export interface NetSpec {
  /** The shape of one example, without the batch. */
  readonly inputShape: Shape;
  readonly layers: readonly LayerSpec[];
}
