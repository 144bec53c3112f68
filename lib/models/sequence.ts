/** Classifiers of sequences: what comes step by step, and a verdict at the end. */
import { checkOptions } from '../core/argument';
import { aNumber, oneOf } from '../core/argument-kinds';
import type { LayerSpec, NetSpec } from '../layers/spec';

export interface SequenceClassifierOptions {
  /** Steps of a sequence; default 28, the rows of a digit. */
  readonly steps?: number;
  /** Numbers a step; default 28. Ignored with a vocabulary. */
  readonly features?: number;
  /** For sequences of whole numbers: how many there are, embedded in `dimensions`. */
  readonly vocabulary?: number;
  /** Of the embedding; default 32. */
  readonly dimensions?: number;
  /** Default `lstm`. */
  readonly cell?: 'lstm' | 'gru' | 'recurrent';
  /** Default 128. */
  readonly units?: number;
  /** Default 10. */
  readonly classes?: number;
}

/** A recurrent net that ends in logits. */
export function sequenceClassifier(options: SequenceClassifierOptions = {}): NetSpec {
  checkOptions('sequenceClassifier', options, {
    steps: aNumber,
    features: aNumber,
    vocabulary: aNumber,
    dimensions: aNumber,
    cell: oneOf('lstm', 'gru', 'recurrent'),
    units: aNumber,
    classes: aNumber,
  });
  const { steps = 28, features = 28, vocabulary, dimensions = 32, cell = 'lstm' } = options;
  const { units = 128, classes = 10 } = options;
  const verdict: LayerSpec[] = [
    { kind: cell, units },
    { kind: 'dense', units: classes },
  ];
  if (vocabulary === undefined) return { inputShape: [steps, features], layers: verdict };
  return { inputShape: [steps], layers: [{ kind: 'embedding', vocabulary, dimensions }, ...verdict] };
}
