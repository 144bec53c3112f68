/** Training: losses fall, and memory stays flat over thousands of steps. */
import type { EngineName } from 'inkwell/engine/engine';
import { evaluateInNode } from '../nodeProcess';
import { batchMb, type TrainingOutcome } from './training-run';

const stepsPerRound = 170;

export function trainingTests(engine: EngineName): void {
  test('a convolutional net learns, and 2000 steps leave nothing behind', async () => {
    const { losses, memory, growthMb } = await evaluateInNode<TrainingOutcome>(
      `return require('./conformance/training-run').trainingRun(${JSON.stringify(engine)}, ${stepsPerRound})`,
    );
    expect(losses.length).toBeGreaterThan(2000);
    expect(losses[0]).toBeGreaterThan(0.4);
    expect(losses.at(-1)).toBeLessThan(0.05);
    for (const { tensors, bytes } of memory) {
      expect({ tensors, bytes }).toEqual({ tensors: memory[0]?.tensors, bytes: memory[0]?.bytes });
    }
    // What a batch of pictures in every second step would be.
    expect(growthMb).toBeLessThan((stepsPerRound * batchMb) / 2);
  });
}
