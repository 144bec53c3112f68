/**
 * The two demonstrations with pictures, as a reader would write them: a net
 * learns what its baselines cannot. All pictures are made by the project.
 */
import type { Examples } from 'inkwell/data/examples';
import { loadPets } from 'inkwell/data/pets';
import { loadStreetScenes } from 'inkwell/data/street-scenes';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { featureFinder } from 'inkwell/models/feature-finder';
import { uNet } from 'inkwell/models/u-net';
import { confusionMatrix } from 'inkwell/training/diagnostics/confusion';
import { Learner } from 'inkwell/training/learner';
import { accuracy, meanIntersectionOverUnion } from 'inkwell/training/metrics';
import { adam } from 'inkwell/training/optimizers';
import { oneCycle } from 'inkwell/training/schedules';

beforeAll(async () => {
  await useEngine();
});

test('made cats and dogs: features tell them apart, pixels and colours hardly do', async () => {
  const pets = await loadPets({ count: 600 });
  const { train, validation } = pets;
  const score = async (learner: Learner, examples: Examples = validation): Promise<number> => {
    const scores = await learner.evaluate(examples);
    learner.dispose();
    return scores['accuracy'] as number;
  };
  const colours = (part: Examples): Examples => ({
    xs: tf.tidy(() => tf.mean(part.xs, [1, 2])),
    ys: part.ys,
  });
  const [trainColours, validationColours] = [colours(train), colours(validation)];
  const colour = new Learner({
    net: { inputShape: [3], layers: [{ kind: 'dense', units: 2 }] },
    optimizer: adam(),
  });
  await colour.fit({ train: trainColours, epochs: 30, learningRate: 0.03 });
  expect(await score(colour, validationColours)).toBeLessThan(0.7);
  tf.dispose([trainColours.xs, validationColours.xs]);
  const linear = new Learner({
    net: { inputShape: [64, 64, 3], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }] },
    optimizer: adam(),
  });
  await linear.fit({ train, epochs: 10, learningRate: 3e-4 });
  expect(await score(linear)).toBeLessThan(0.8);
  const finder = new Learner({ net: featureFinder({ classes: 2 }), optimizer: adam() });
  await finder.fit({ train, epochs: 12, batchSize: 32, learningRate: oneCycle(0.01) });
  expect(await score(finder)).toBeGreaterThan(0.9);
  pets.dispose();
});

test('made street scenes: a U-Net beats the most frequent class of each place', async () => {
  const streets = await loadStreetScenes({ count: 200 });
  const { train, validation, classes } = streets;
  const truth = validation.ys.dataSync();
  const scoreOf = (answers: ArrayLike<number>): [number, number] => {
    const matrix = confusionMatrix(answers, truth, { classes: classes.length });
    return [matrix.accuracy, matrix.meanIntersectionOverUnion];
  };
  const usual = tf.tidy(() => {
    const votes = tf.sum(tf.oneHot(train.ys as tf.Tensor1D, classes.length), 0);
    return tf.tile(tf.expandDims(tf.argMax(votes, -1), 0), [validation.count, 1, 1]).dataSync();
  });
  const learner = new Learner({
    net: uNet({ classes: classes.length }),
    optimizer: adam(),
    metrics: [accuracy, meanIntersectionOverUnion],
  });
  await learner.fit({ train, validation, epochs: 8, batchSize: 16, learningRate: oneCycle(0.02) });
  const answers = tf.tidy(() => tf.argMax(learner.predict(validation.xs), -1).dataSync());
  const [baseline, baselineOverlap] = scoreOf(usual);
  const [share, overlap] = scoreOf(answers);
  expect(baseline).toBeGreaterThan(0.6);
  expect(share).toBeGreaterThan(baseline + 0.05);
  expect(overlap).toBeGreaterThan(baselineOverlap + 0.1);
  // The learner's own scores are those of all pixels: the validation part is one batch.
  const scores = learner.history.at(-1)?.scores['validation'];
  expect(scores?.['accuracy']).toBeCloseTo(share, 5);
  expect(scores?.['mean IoU']).toBeCloseTo(overlap, 5);
  learner.dispose();
  streets.dispose();
});
