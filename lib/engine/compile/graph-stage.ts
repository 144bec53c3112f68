/** The graphs for one combination of argument shapes: of one call, and of several in a row. */
import type * as tf from '../tf';
import { hasOverwrites } from './descents';
import type { GraphEngine } from './native-backend';
import type { Recording } from './recording';
import { simplify } from './simplify';
import { createTrace, type Trace } from './trace';
import { type TreeForm, unflatten } from './tree';

/** How many calls are joined at most: of the 0.08 ms that a call costs by itself, an eighth is left. */
export const callsTogether = 8;

/** How many operations a graph of several calls may have: with more, the cost of a call hardly counts. */
const operationsTogether = 1200;

export class GraphStage {
  readonly kind = 'graph';
  private readonly recording: Recording;
  private readonly single: Trace;
  private several: Trace | undefined;
  /** Whether calls are joined: not where weights are overwritten, for a later call could fail after that. */
  private readonly joins: boolean;

  /**
   * @param form the form of the function's result.
   * @throws InkwellError `COMPILE_OP` where TensorFlow refuses an operation.
   */
  constructor(
    recorded: Recording,
    private readonly engine: GraphEngine,
    private readonly form: TreeForm,
  ) {
    this.recording = simplify(recorded);
    this.single = createTrace(this.recording, engine);
    const isSmall = this.single.operations * callsTogether <= operationsTogether;
    this.joins = isSmall && !hasOverwrites(this.recording);
  }

  run(args: readonly tf.Tensor[]): unknown {
    const results = this.single.run(args);
    this.count();
    return unflatten(this.form, results);
  }

  /** Runs several calls in order, as one graph where there are enough of them and they may be joined. */
  runMany(calls: readonly (readonly tf.Tensor[])[]): unknown[] {
    const results: unknown[] = [];
    while (this.joins && calls.length - results.length >= callsTogether) {
      const group = calls.slice(results.length, results.length + callsTogether);
      results.push(...this.runTogether(group));
    }
    for (const call of calls.slice(results.length)) results.push(this.run(call));
    return results;
  }

  dispose(): void {
    this.single.dispose();
    this.several?.dispose();
    for (const { id } of this.recording.captured) this.engine.binding.deleteTensor(id);
  }

  private runTogether(calls: readonly (readonly tf.Tensor[])[]): unknown[] {
    this.several ??= createTrace(this.recording, this.engine, calls.length);
    const leaves = this.several.run(calls.flat());
    for (const _ of calls) this.count();
    const size = leaves.length / calls.length;
    return calls.map((_, i) => unflatten(this.form, leaves.slice(i * size, (i + 1) * size)));
  }

  /** Counts a step for each optimizer that did so when it was recorded. */
  private count(): void {
    for (const optimizer of this.recording.counted) {
      (optimizer as unknown as { incrementIterations(): void }).incrementIterations();
    }
  }
}
