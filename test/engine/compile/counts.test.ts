import * as tf from 'inkwell/engine/tf';
import { differences } from './fuzz-comparison';
import { expressionCase } from './fuzz-expressions';
import { useNative } from './native';

beforeAll(useNative);

test('variables that other tests left, and nobody used yet, are no leak of the case that finds them', () => {
  const numbers = tf.ones([3]);
  const left = [tf.variable(tf.ones([2])), tf.variable(numbers)];
  expect(differences(expressionCase(1))).toEqual([]);
  tf.dispose([numbers, ...left]);
});

test('what a case leaves is', () => {
  const left: tf.Tensor[] = [];
  const { open, ...rest } = expressionCase(1);
  const leaking = (): ReturnType<typeof open> => {
    left.push(tf.ones([2]), tf.keep(tf.relu(tf.ones([2]))));
    return open();
  };
  expect(differences({ ...rest, open: leaking })).toEqual(['leaks: 6 known, 4 held']);
  tf.dispose(left);
});
