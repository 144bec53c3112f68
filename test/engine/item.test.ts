import { tf } from 'inkwell';
import { item } from 'inkwell/engine/item';
import { onEngine } from '../fixtures/engine';

onEngine('cpu');

test.each([[[]], [[1]], [[1, 1, 1]]])('gives the number of a tensor of shape %j', (shape) => {
  expect(item(tf.fill(shape, 2.5))).toBe(2.5);
});

test('gives 1 and 0 for true and false', () => {
  expect(item(tf.scalar(true))).toBe(1);
  expect(item(tf.scalar(3).greater(4))).toBe(0);
});

test('leaves the tensor as it is', () => {
  const tensor = tf.scalar(7);
  item(tensor);
  expect(tensor.isDisposed).toBe(false);
  tensor.dispose();
});

test('refuses several elements and none, and says how to get at one', () => {
  expect(() => item(tf.zeros([2, 3]))).toThrow(
    'item: tensor must have one element, got shape [2, 3], 6 elements; reduce it first (.mean(), .sum(), .max())',
  );
  expect(() => item(tf.zeros([0]))).toThrow(RangeError);
});

test('refuses what is no tensor of numbers', () => {
  expect(() => item(3 as never)).toThrow(
    'item: tensor must be a tensor, such as tf.tensor([1, 2, 3]), got 3',
  );
  expect(() => item(null as never)).toThrow(
    'item: tensor must be a tensor, such as tf.tensor([1, 2, 3]), got null',
  );
  expect(() => item(tf.scalar('three'))).toThrow('item: tensor must hold numbers, got one of string');
});
