/** A recording made into a function of the engine, ready to run. */

import { messageOf } from '../../core/errors';
import type * as tf from '../tf';
import { buildGraph } from './build-graph';
import { encodeGraph } from './graph-def';
import type { GraphEngine } from './native-backend';
import type { Recording } from './recording';
import { refuseDisposed, refuseOp } from './refuse';
import { residentHandle } from './resident';
import { rewrite } from './rewrite';
import { rules } from './rules';

let count = 0;

export interface Trace {
  /** How many operations the graph has. */
  readonly operations: number;
  /** Runs the graph on arguments of the traced shapes; returns its results in order. */
  run(args: readonly tf.Tensor[]): tf.Tensor[];
  /** Frees the graph; not the tensors that it captured. */
  dispose(): void;
}

/**
 * Defines the function.
 *
 * @throws InkwellError `COMPILE_OP` where TensorFlow refuses an operation.
 */
export function createTrace(recorded: Recording, engine: GraphEngine): Trace {
  const recording = rewrite(recorded, rules);
  const { backend, binding } = engine;
  const name = `inkwell_${count++}`;
  const { nodes, inputs, outputs, controls } = buildGraph(recording, binding);
  try {
    binding.defineFunction(name, encodeGraph(nodes), inputs, outputs, controls);
  } catch (error) {
    throw refusal(error, recording);
  }
  const { captured, variables } = recording;
  const capturedIds = captured.map(({ id }) => id);
  return {
    operations: nodes.length - inputs.length,
    run(actual) {
      for (const { variable } of variables) if (variable.isDisposed) throw refuseDisposed(variable.name);
      const handles = variables.map(({ variable, assigned }) =>
        residentHandle(variable, engine, { write: assigned !== undefined }),
      );
      const ids = [...backend.getInputTensorIds(actual), ...handles, ...capturedIds];
      return binding.executeOp(name, [], ids, outputs.length).map((info) => backend.createOutputTensor(info));
    },
    dispose() {
      binding.removeFunction(name);
    },
  };
}

/** TensorFlow names the node; say which operation that is. */
function refusal(error: unknown, { operations }: Recording): Error {
  const message = messageOf(error);
  const index = /operation(\d+)/.exec(message)?.[1];
  const name = index === undefined ? undefined : operations[Number(index)]?.name;
  return refuseOp(name ?? '(unknown)', message.split('\n')[0] ?? message, error);
}
