/** The learner on an engine that has no graphs: it learns there too, and one seed decides. */
import { withoutLeaks } from 'inkwell/engine/memory';
import { augment } from 'inkwell/training/augment/augment';
import { disposeExamples } from 'inkwell/training/examples';
import { curve, type History } from 'inkwell/training/history';
import { Learner } from 'inkwell/training/learner';
import { adam } from 'inkwell/training/optimizers';
import { onEngine } from '../fixtures/engine';
import { corners, smallNet } from './support';

onEngine('wasm');

async function history(): Promise<History> {
  const [train, validation] = [corners(250, 1), corners(120, 2)];
  const learner = new Learner({ net: smallNet, optimizer: adam() });
  const change = augment({ translationPixels: 0.3 });
  await learner.fit({ train, validation, epochs: 10, learningRate: 0.02, augment: change });
  learner.dispose();
  disposeExamples(train);
  disposeExamples(validation);
  return learner.history;
}

test('learns, repeats itself, leaves nothing behind', async () => {
  const [first, second] = await withoutLeaks(async () => [await history(), await history()] as const);
  expect(curve(first, 'validation', 'accuracy').at(-1)).toBeGreaterThan(0.85);
  expect(curve(first, 'train', 'loss')).toEqual(curve(second, 'train', 'loss'));
});
