/** Several threads of JavaScript in a process, each with an engine: one addon, one TensorFlow, one crew. */
import { evaluateInNode } from '../nodeProcess';

test('workers compute at once and end, and the process goes on to compute', async () => {
  const sums = await evaluateInNode<number[]>(
    `const { Worker } = require('node:worker_threads');
     const lines = \`
       const { parentPort, workerData } = require('node:worker_threads');
       const requireThere = require('node:module').createRequire(workerData);
       requireThere('./addon/workers').lossOf(300).then((sum) => parentPort.postMessage(sum));
     \`;
     const inWorker = () => new Promise((resolve, reject) => {
       let sum;
       new Worker(lines, { eval: true, workerData: process.cwd() + '/x.js' })
         .on('message', (value) => { sum = value; }).on('error', reject).on('exit', () => resolve(sum));
     });
     const sums = await Promise.all([inWorker(), inWorker()]);
     sums.push(await inWorker(), await require('./addon/workers').lossOf(300));
     return sums;`,
  );
  expect(sums).toHaveLength(4);
  expect(sums[0]).toBeGreaterThan(0);
  expect(new Set(sums).size).toBe(1);
});
