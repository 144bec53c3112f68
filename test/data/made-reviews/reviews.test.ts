/** The made reviews: what they are, and that who reads the order of words knows more than who counts them. */

import { loadReviews } from 'inkwell/data/reviews';
import { textLoaders } from 'inkwell/data/texts/text-loaders';
import { useEngine } from 'inkwell/engine/engine';
import type { NetSpec } from 'inkwell/layers/spec';
import { sequenceClassifier } from 'inkwell/models/sequence';
import { bagOfWords, wordWindows } from 'inkwell/models/text';
import { Learner } from 'inkwell/training/learner';
import { adam } from 'inkwell/training/optimizers';

beforeAll(async () => {
  await useEngine();
});

test('the same seed gives the same reviews, half of them positive, all different', async () => {
  const { frame, name, source } = await loadReviews();
  const again = await loadReviews({ count: 20 });
  const other = await loadReviews({ count: 20, seed: 2 });
  expect(again.frame.rows()).toEqual(frame.head(20).rows());
  expect(other.frame.rows()).not.toEqual(again.frame.rows());
  expect([name, source]).toEqual(['made reviews', "written by this project's grammar, seed 1"]);
  expect(new Set(frame.column('review')).size).toBe(3000);
  const positive = frame.filter(({ verdict }) => verdict === 'positive').rowCount;
  expect(Math.abs(positive / 3000 - 0.5)).toBeLessThan(0.03);
  await expect(loadReviews({ count: -1 })).rejects.toThrow(
    'count must be a whole number of at least 0, got -1',
  );
});

test('they read as English: sentences, no double marks, nothing said twice', async () => {
  for (const text of (await loadReviews({ count: 500 })).frame.column('review')) {
    expect(text).toMatch(/^[A-Z].*[.!]$/);
    expect(text).not.toMatch(/[.,!;] ?[.,!;]|\$| {2}|\b(\w+) \1\b/);
    const sentences = text.split(/(?<=[.!]) /);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z]/);
    // Nobody says the same thing twice.
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.filter((sentence) => sentence.startsWith('The poster')).length).toBeLessThan(2);
  }
});

test('a count of words is right on 7 of 10 at most, nets that read their order on 19 of 20', async () => {
  const reviews = await loadReviews();
  const loaders = textLoaders({ ...reviews, text: 'review', label: 'verdict' });
  const shape = { steps: loaders.encoding.length, vocabulary: loaders.encoding.vocabulary.words.length };
  const accuracyOf = async (net: NetSpec, epochs: number, learningRate: number): Promise<number> => {
    const learner = new Learner({ net, optimizer: adam() });
    await learner.fit({ train: loaders.train, epochs, learningRate });
    const scores = await learner.evaluate(loaders.validation);
    learner.dispose();
    return scores['accuracy'] as number;
  };
  const counted = await accuracyOf(bagOfWords({ ...shape, classes: 2 }), 15, 1);
  expect(counted).toBeGreaterThan(0.55);
  expect(counted).toBeLessThan(0.75);
  expect(await accuracyOf(wordWindows({ ...shape, classes: 2 }), 6, 0.01)).toBeGreaterThan(0.95);
  const lstm = sequenceClassifier({ ...shape, dimensions: 16, units: 32, classes: 2 });
  expect(await accuracyOf(lstm, 6, 0.01)).toBeGreaterThan(0.95);
  loaders.dispose();
});
