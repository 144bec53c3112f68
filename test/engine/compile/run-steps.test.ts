import type { Progress } from 'inkwell/core/progress';
import { compile } from 'inkwell/engine/compile/compile';
import { runSteps } from 'inkwell/engine/compile/run-steps';
import * as tf from 'inkwell/engine/tf';
import { leastMs, spin, type Watch } from '../../measure/clock';
import { evaluateInNode } from '../nodeProcess';
import { take, tensorCounts, useNative } from './native';

beforeAll(useNative);

describe('runSteps', () => {
  test('returns the loss of each step and leaves nothing behind', async () => {
    const data = tf.tensor1d([10, 20, 30, 40]);
    const round = async (): Promise<Float32Array> => {
      const step = compile((indices: tf.Tensor1D) => tf.gather(data, indices).sum());
      const losses = await runSteps(step, 100, (i) => [tf.tensor1d([i % 4, 0], 'int32')]);
      expect(step.graphs).toBe(1);
      step.dispose();
      return losses;
    };
    const losses = await round(); // the first one hands what is lying about to TensorFlow
    expect(Array.from(losses.slice(0, 5))).toEqual([20, 30, 40, 50, 20]);
    expect(losses).toHaveLength(100);
    const before = tensorCounts();
    await round();
    expect(tensorCounts()).toEqual(before);
    data.dispose();
  });

  test('tells progress and losses slice by slice', async () => {
    const reports: Progress[] = [];
    const seen: number[] = [];
    const step = (x: tf.Tensor): tf.Tensor => {
      spin(2);
      return x.add(0);
    };
    const losses = await runSteps(step, 10, (i) => [tf.scalar(i)], {
      sliceMs: 5,
      label: 'epoch 1',
      onProgress: (report) => reports.push(report),
      onLosses: (slice, first) => {
        expect(slice[0]).toBe(first);
        seen.push(...slice);
      },
    });
    expect(seen).toEqual(Array.from(losses));
    expect(reports.length).toBeGreaterThan(1);
    expect(reports.at(-1)).toEqual({ label: 'epoch 1', done: 10, total: 10, unit: 'steps' });
  });

  /** Starts a million steps and stops them after a while; watched is what that takes. */
  const stopping =
    (run: (signal: AbortSignal) => Promise<unknown>) =>
    async ({ start, stop }: Watch): Promise<void> => {
      const controller = new AbortController();
      setTimeout(() => {
        start();
        controller.abort();
      }, 100);
      await expect(run(controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
      stop();
    };

  test('stops within 200 ms of a signal', async () => {
    const step = (): tf.Tensor => {
      spin(1);
      return tf.scalar(0);
    };
    const before = tensorCounts();
    const run = stopping((signal) => runSteps(step, 1e6, () => [], { signal }));
    expect(await leastMs(200, run)).toBeLessThan(200);
    expect(tensorCounts()).toEqual(before);
  });

  test('stops a compiled step within 200 ms, too', async () => {
    const w = tf.variable(tf.randomNormal([400, 400], 0, 0.05, 'float32', 1));
    const step = compile((x: tf.Tensor2D) => {
      let h: tf.Tensor2D = x;
      for (let i = 0; i < 4; i++) h = h.matMul(w as unknown as tf.Tensor2D).tanh() as tf.Tensor2D;
      w.assign(w.mul(0.999));
      return h.mean();
    });
    const x = tf.ones<tf.Rank.R2>([50, 400]);
    await runSteps(step, 50, () => [x]);
    const run = stopping((signal) => runSteps(step, 1e6, () => [x], { signal }));
    expect(await leastMs(200, run)).toBeLessThan(200);
    step.dispose();
    tf.dispose([w, x]);
  });

  test('does not grow over thousands of steps', async () => {
    const { counts, growthMb } = await evaluateInNode<{ counts: unknown[]; growthMb: number }>(`
      const tf = require('inkwell/engine/tf');
      const { compile } = require('inkwell/engine/compile/compile');
      const { runSteps } = require('inkwell/engine/compile/run-steps');
      const { growthPerRound } = require('../measure/growth');
      const { tensorCounts, useNative } = require('./compile/native');
      await useNative();
      const w = tf.variable(tf.ones([20, 4]));
      const x = tf.ones([10, 20]);
      const optimizer = tf.train.adam(0.001);
      const loss = (rate) => x.matMul(w).square().mean().mul(rate);
      const step = compile((rate) => optimizer.minimize(() => loss(rate), true, [w]));
      const counts = [];
      const growthMb = await growthPerRound(async () => {
        await runSteps(step, 2000, () => [tf.scalar(0.5)]);
        counts.push(tensorCounts());
      });
      return { counts, growthMb };`);
    expect(counts).toEqual(Array(counts.length).fill(counts[0]));
    // That would be half a kilobyte a step; a tensor of this net takes more.
    expect(growthMb).toBeLessThan(1);
  });

  test('passes on the error of a step and frees the losses before it', async () => {
    const before = tensorCounts();
    const step = (x: tf.Tensor): tf.Tensor => {
      if (take(x.clone())[0] === 3) throw new Error('step 3');
      return x.add(1);
    };
    await expect(runSteps(step, 10, (i) => [tf.scalar(i)])).rejects.toThrow('step 3');
    expect(tensorCounts()).toEqual(before);
  });

  test('runs no steps at all, and refuses a bad count', async () => {
    expect(
      await runSteps(
        () => tf.scalar(1),
        0,
        () => [],
      ),
    ).toHaveLength(0);
    await expect(
      runSteps(
        () => tf.scalar(1),
        -1,
        () => [],
      ),
    ).rejects.toThrow('runSteps: count must be a whole number from 0, got -1');
  });
});
