/** Forward values against numbers worked out by hand. */
import * as tf from 'inkwell/engine/tf';
import { expectTensor } from '../expectClose';
import { arithmetic } from './arithmetic';
import { convolutions } from './convolutions';
import { reductions } from './reductions';
import { shapes } from './shapes';

export function forwardTests(): void {
  describe('forward values are those worked out by hand', () => {
    test.each([...convolutions, ...arithmetic, ...reductions, ...shapes])(
      '$name',
      async ({ make, shape, values }) => {
        await expectTensor(tf.tidy(make), shape, values);
      },
    );

    test('text comes back as it went in', async () => {
      const texts = [
        ['a', 'ünïcode'],
        ['', 'a longer text than fits in a pointer'],
      ];
      const words = tf.tensor2d(texts, undefined, 'string');
      expect(await words.array()).toEqual(texts);
      words.dispose();
    });
  });
}
