/** compile() in a process whose stack frames name the TypeScript sources, as those of a notebook's do. */
import { evaluateInNode } from '../nodeProcess';

const LINES = `
  const tf = require('inkwell/engine/tf');
  const { useEngine } = require('inkwell/engine/engine');
  const { compile } = require('inkwell/engine/compile/compile');
  return useEngine({ engine: 'tensorflow' }).then(() => {
    const rows = compile((table, which) => tf.gather(table, which).mul(2));
    const table = tf.tensor2d([[1], [2], [3]]);
    const values = [1, 2].map(() => Array.from(rows(table, tf.tensor1d([2, 0], 'int32')).dataSync()));
    const refused = compile((x) => tf.scalar(x.dataSync()[0]));
    try {
      refused(tf.scalar(1));
    } catch (error) {
      return { values, message: error.message };
    }
    return { values, message: '' };
  });`;

test("a kernel's own look at its values is not taken for the reader's", async () => {
  const { values, message } = await evaluateInNode<{ values: number[][]; message: string }>(LINES, {
    NODE_OPTIONS: '--enable-source-maps',
  });
  expect(values).toEqual([
    [6, 2],
    [6, 2],
  ]);
  expect(message).toContain('reads the values of a tensor');
  expect(message).not.toContain('call-site');
});
