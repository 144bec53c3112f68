/** A recording made into a function of the engine, ready to run. */

import { InkwellError, messageOf } from '../../core/errors';
import type * as tf from '../tf';
import { buildGraph } from './build-graph';
import { encodeGraph } from './graph-def';
import type { GraphEngine } from './native-backend';
import type { Recording } from './recording';
import { refuseDisposed, refuseOp } from './refuse';
import { resident } from './resident';

let count = 0;

export interface Trace {
  /** How many operations the graph has. */
  readonly operations: number;
  /** Runs the graph on arguments of the traced shapes; returns its results in order, run by run. */
  run(args: readonly tf.Tensor[]): tf.Tensor[];
  /** Frees the graph; not the tensors that it captured. */
  dispose(): void;
}

/**
 * Defines the function.
 *
 * @param runs how many runs in a row it makes: it takes their arguments and
 *   returns their results run by run.
 * @throws InkwellError `COMPILE_OP` where TensorFlow refuses an operation.
 */
export function createTrace(recording: Recording, engine: GraphEngine, runs = 1): Trace {
  const { backend, binding } = engine;
  const name = `inkwell_${count++}`;
  const { nodes, inputs, outputs, controls } = buildGraph(recording, binding, runs);
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
      const residents = variables.map(({ variable, assigned }) =>
        resident(variable, engine, { write: assigned !== undefined }),
      );
      const handles = residents.map(({ handle }) => handle);
      const ids = [...backend.getInputTensorIds(actual), ...handles, ...capturedIds];
      try {
        return execute(() => binding.executeOp(name, [], ids, outputs.length), recording).map((info) =>
          backend.createOutputTensor(info),
        );
      } finally {
        // An argument may be one of the variables, and so have read its old value.
        residents.forEach((place, i) => {
          if (variables[i]?.assigned !== undefined) place.invalidate();
        });
      }
    },
    dispose() {
      binding.removeFunction(name);
    },
  };
}

/** TensorFlow tells the node that failed; say which operation that is. */
function execute<T>(call: () => T, recording: Recording): T {
  try {
    return call();
  } catch (error) {
    const said = /\{\{function_node [^}]*\}\} ?(.*)/.exec(messageOf(error))?.[1] ?? messageOf(error);
    throw new InkwellError(
      'COMPILE_RUN',
      `compile: the operation ${failedOp(error, recording)} failed: ${said}.`,
      {
        cause: error,
      },
    );
  }
}

function refusal(error: unknown, recording: Recording): Error {
  const message = messageOf(error);
  return refuseOp(failedOp(error, recording), message.split('\n')[0] ?? message, error);
}

function failedOp(error: unknown, { operations }: Recording): string {
  const index = /operation(\d+)/.exec(messageOf(error))?.[1];
  return (index === undefined ? undefined : operations[Number(index)]?.name) ?? '(unknown)';
}
