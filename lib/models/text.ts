/**
 * Classifiers of texts, rows of word numbers: one that only counts words and
 * one that looks at a few words at a time (after Kim, 2014). `sequenceClassifier`
 * reads word by word.
 */
import { checkOptions, required } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import type { LayerSpec, NetSpec } from '../layers/spec';

export interface TextNetOptions {
  /** Words a text. */
  readonly steps: number;
  /** How many words there are. */
  readonly vocabulary: number;
  /** Default 2. */
  readonly classes?: number;
}

/** What `wordWindows` takes beside. */
export interface WordWindowsOptions extends TextNetOptions {
  /** Length of a word's vector; default 16. */
  readonly dimensions?: number;
  /** Neighbouring words that are looked at together; default 7. */
  readonly window?: number;
  /** How many patterns are looked for; default 48. */
  readonly filters?: number;
}

/** The mean over all words, whatever their order. */
const meanOverWords: readonly LayerSpec[] = [
  { kind: 'pool', method: 'average', size: 'global' },
  { kind: 'flatten' },
];

/**
 * The linear model: each word has a weight for each class, and a text has the mean of its words'.
 * Ends in logits. The weights start at 0, and the mean makes gradients small: a learning rate about
 * a hundred times the usual one suits it.
 */
export function bagOfWords(options: TextNetOptions): NetSpec {
  checkOptions('bagOfWords', options, {
    steps: required(aNumber),
    vocabulary: required(aNumber),
    classes: aNumber,
  });
  const { steps, vocabulary, classes = 2 } = options;
  return {
    inputShape: [steps],
    layers: [
      { kind: 'embedding', vocabulary, dimensions: classes, weights: 'zeros' },
      { kind: 'reshape', shape: [steps, 1, classes] },
      ...meanOverWords,
    ],
  };
}

/** Vectors of words, a convolution over neighbours, the mean of what was found where; ends in logits. */
export function wordWindows(options: WordWindowsOptions): NetSpec {
  checkOptions('wordWindows', options, {
    dimensions: aNumber,
    window: aNumber,
    filters: aNumber,
    steps: required(aNumber),
    vocabulary: required(aNumber),
    classes: aNumber,
  });
  const { steps, vocabulary, classes = 2, dimensions = 16, window = 7, filters = 48 } = options;
  const weights = { kind: 'normal', deviation: 0.1 } as const;
  return {
    inputShape: [steps],
    layers: [
      { kind: 'embedding', vocabulary, dimensions, weights },
      { kind: 'reshape', shape: [steps, 1, dimensions] },
      { kind: 'conv', filters, size: [Math.min(window, steps), 1], weights: 'he-normal' },
      { kind: 'activation', name: 'relu' },
      ...meanOverWords,
      { kind: 'dense', units: classes },
    ],
  };
}
