/**
 * From a data set to tensors. A loader holds one part of the data (the part to
 * train on, or the one to validate on) and hands it out as tensors: all at
 * once, or batch by batch in a new order each epoch.
 */
import { checkArguments } from '../../core/argument';
import { aFunction } from '../../core/argument-kinds';
import * as tf from '../../engine/tf';
import { aDataset } from '../argument-kinds';
import { type BatchOptions, batches } from '../batches';
import type { Examples } from '../examples';
import type { Dataset } from './dataset';

/**
 * Makes tensors of items and answers: PyTorch calls this collating.
 *
 * @returns `xs` of shape `[count, …]` and `ys` of `[count]` or `[count, …]`.
 */
export type Collate<Item, Answer> = (dataset: Dataset<Item, Answer>) => Examples;

/** One part of the data. It is `Examples` itself, so that `Learner.fit` takes it as it is. */
export class DataLoader<Item, Answer> implements Dataset<Item, Answer>, Examples {
  private made: Examples | undefined;

  constructor(
    readonly dataset: Dataset<Item, Answer>,
    private readonly collate: Collate<Item, Answer>,
  ) {
    checkArguments('DataLoader', { dataset, collate }, { dataset: aDataset, collate: aFunction });
  }

  get count(): number {
    return this.dataset.count;
  }

  item(index: number): Item {
    return this.dataset.item(index);
  }

  answer(index: number): Answer {
    return this.dataset.answer(index);
  }

  /** All inputs, `[count, …inputShape]`; made when first asked for, kept until `dispose`. */
  get xs(): tf.Tensor {
    return this.examples().xs;
  }

  /** All targets, class numbers `[count]` or rows `[count, …]`; made when first asked for. */
  get ys(): tf.Tensor {
    return this.examples().ys;
  }

  /**
   * The batches of one epoch, to be used in `for … of`: each is freed when the next is asked for.
   *
   * @throws RangeError where an option is out of its range.
   */
  *batches(options: BatchOptions = {}): Generator<Examples, void, void> {
    for (const batch of batches(this.count, options)) {
      const examples = this.gather(batch);
      try {
        yield examples;
      } finally {
        tf.dispose([examples.xs, examples.ys]);
      }
    }
  }

  /** Frees the tensors; they are made anew where they are asked for again. */
  dispose(): void {
    if (this.made !== undefined) tf.dispose([this.made.xs, this.made.ys]);
    this.made = undefined;
  }

  private gather(batch: Int32Array): Examples {
    return tf.tidy(() => {
      const rows = tf.tensor1d(batch, 'int32');
      return { xs: tf.gather(this.xs, rows), ys: tf.gather(this.ys, rows) };
    });
  }

  private examples(): Examples {
    if (this.made === undefined) {
      const { xs, ys } = this.collate(this.dataset);
      // A caller's tidy must not take what this object keeps.
      this.made = { xs: tf.keep(xs), ys: tf.keep(ys) };
    }
    return this.made;
  }
}
