import type { LabelledImages } from 'inkwell/data/labelled-images';
import { imageTensor, imageTensor4d, labelTensor, oneHotTensor } from 'inkwell/data/tensors';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';

const SET: LabelledImages = {
  images: Uint8Array.of(0, 51, 255, 102, 0, 255),
  labels: Uint8Array.of(2, 0, 1),
  count: 3,
  height: 1,
  width: 2,
};

beforeAll(() => useEngine());

describe('tensors', () => {
  test('images become rows of 0 … 1', () => {
    const rows = imageTensor(SET);
    expect([rows.shape, rows.dtype]).toEqual([[3, 2], 'float32']);
    expect([...rows.dataSync()]).toEqual([...Float32Array.of(0, 0.2, 1, 0.4, 0, 1)]);
    const pictures = imageTensor4d(SET);
    expect(pictures.shape).toEqual([3, 1, 2, 1]);
    expect([...pictures.dataSync()]).toEqual([...rows.dataSync()]);
    tf.dispose([rows, pictures]);
  });

  test('labels become whole numbers or one-hot rows', () => {
    const labels = labelTensor(SET);
    expect([labels.shape, labels.dtype, [...labels.dataSync()]]).toEqual([[3], 'int32', [2, 0, 1]]);
    const oneHot = oneHotTensor(SET, { classes: 3 });
    expect([oneHot.shape, [...oneHot.dataSync()]]).toEqual([
      [3, 3],
      [0, 0, 1, 1, 0, 0, 0, 1, 0],
    ]);
    expect(() => oneHotTensor(SET, { classes: 2 })).toThrow('labels must be below 2, got 2');
    tf.dispose([labels, oneHot]);
  });

  test('makes the one tensor that it returns', () => {
    const before = tf.memory().numTensors;
    const made = [imageTensor(SET), imageTensor4d(SET), labelTensor(SET), oneHotTensor(SET)];
    expect(tf.memory().numTensors).toBe(before + made.length);
    tf.dispose(made);
    expect(tf.memory().numTensors).toBe(before);
  });
});
