/**
 * Augmentation on the fly: every time a picture is seen it is moved, turned,
 * leaned, scaled and pulled a little, at random. The changes run in the engine
 * as part of the step; the step's key decides them.
 */
import { checkOptions } from '../../core/argument';
import { aNumber, anObject } from '../../core/argument-kinds';
import * as tf from '../../engine/tf';
import { foldIn } from '../../layers/random';
import type { Augmentation } from '../step';
import { type AffineOptions, affinePlaces } from './affine';
import { type ElasticOptions, elasticDisplacement } from './elastic';
import { sampleBilinear } from './sample';

export interface AugmentOptions extends AffineOptions {
  /** Elastic distortion; Simard's for digits is `{ alpha: 34, sigma: 4 }`; default none. */
  readonly elastic?: ElasticOptions;
}

/**
 * An augmentation for batches of pictures `[count, height, width, channels]`.
 *
 * @throws RangeError for an option below 0, and, when called, for a batch that is not of pictures.
 */
export function augment(options: AugmentOptions): Augmentation {
  checkOptions('augment', options, {
    elastic: anObject,
    translationPixels: aNumber,
    rotationDegrees: aNumber,
    skew: aNumber,
    scale: aNumber,
  });
  checkLimits(options);
  const { elastic } = options;
  return (xs, key) =>
    tf.tidy(() => {
      if (xs.rank !== 4) {
        throw new RangeError(
          `augment: xs must have shape [count, height, width, channels], got [${xs.shape}]`,
        );
      }
      const [count, height, width] = xs.shape as [number, number, number, number];
      const shape = [count, height, width] as const;
      let { rows, columns } = affinePlaces(shape, options, foldIn(key, 'affine'));
      if (elastic !== undefined) {
        const moves = elasticDisplacement(shape, elastic, foldIn(key, 'elastic'));
        rows = tf.add(rows, moves.rows);
        columns = tf.add(columns, moves.columns);
      }
      return sampleBilinear(xs as tf.Tensor4D, rows, columns);
    });
}

function checkLimits({ elastic, ...limits }: AugmentOptions): void {
  const values = {
    ...limits,
    ...(elastic && { 'elastic.alpha': elastic.alpha, 'elastic.sigma': elastic.sigma }),
  };
  for (const [name, value] of Object.entries(values)) {
    const least = name === 'elastic.sigma' ? 'above 0' : 'of at least 0';
    if (Number.isFinite(value) && (least === 'above 0' ? value > 0 : value >= 0)) continue;
    throw new RangeError(`augment: ${name} must be a number ${least}, got ${value}`);
  }
}
