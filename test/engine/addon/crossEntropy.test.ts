import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from '../compile/native';
import { operations } from '../compile/rewritten';
import { evaluateInNode } from '../nodeProcess';
import { compiledNumbers, crossEntropyCases, inputsOf, lossAndGradient } from './crossEntropy';
import { withThreads } from './withThreads';

beforeAll(useNative);

function expectAsComposed(rows: number, classes: number, numbers: number[][]): void {
  tf.tidy(() => {
    lossAndGradient(...inputsOf(rows, classes)).forEach((expected, i) => {
      expectClose(numbers[i] as number[], expected.dataSync(), 1e-6);
    });
  });
}

test('is in the graph', () => {
  const [logits, labels] = inputsOf(4, 3);
  expect(operations(() => lossAndGradient(logits, labels))[0]).toBe('InkwellCrossEntropy');
});

test.each(crossEntropyCases)('%i rows of %i classes: as composed of operations', (rows, classes) => {
  expectAsComposed(rows, classes, compiledNumbers(rows, classes));
});

test.each(['4', '8'])('vectors of %s numbers, for processors that have no wider ones', async (vectors) => {
  const numbers = await evaluateInNode<number[][][]>(
    `const { crossEntropyCases, compiledNumbers } = require('./addon/crossEntropy');
     await require('./compile/native').useNative();
     return crossEntropyCases.map((sizes) => compiledNumbers(...sizes));`,
    { INKWELL_VECTORS: vectors },
  );
  crossEntropyCases.forEach(([rows, classes], i) => {
    expectAsComposed(rows, classes, numbers[i] as number[][]);
  });
});

test('the same to the bit with one thread and with several', () => {
  const [one, three] = [1, 3].map((threads) =>
    withThreads(threads, () => crossEntropyCases.map((sizes) => compiledNumbers(...sizes))),
  );
  expect(three).toEqual(one);
});
