/**
 * Several runs of a function one after another as one recording: each copy takes
 * its own arguments and finds the variables as the copy before has left them.
 */
import type { RecordedVariable, Recording, Source } from './recording';

/** The recording of `count` runs in a row. Arguments and results come run by run. */
export function unroll(recording: Recording, count: number): Recording {
  const { operations, variables, results } = recording;
  const runs = Array.from({ length: count }, (_, run) => run);
  /** A tensor of the recording, as it is in one of the runs. */
  const within = (run: number, source: Source): Source => {
    switch (source.kind) {
      case 'operation':
        return { ...source, index: source.index + run * operations.length };
      case 'argument':
        return { ...source, index: source.index + run * recording.arguments.length };
      case 'variable': {
        const before = run === 0 ? undefined : variables[source.index]?.assigned;
        return before === undefined ? source : within(run - 1, before);
      }
      default:
        return source;
    }
  };
  const last = ({ variable, assigned }: RecordedVariable): RecordedVariable =>
    assigned === undefined ? { variable } : { variable, assigned: within(count - 1, assigned) };
  return {
    ...recording,
    arguments: runs.flatMap(() => recording.arguments),
    operations: runs.flatMap((run) =>
      operations.map((operation) => ({
        ...operation,
        inputs: operation.inputs.map((input) => within(run, input)),
      })),
    ),
    variables: variables.map(last),
    results: runs.flatMap((run) =>
      results.map(({ source, type }) => ({ type, source: within(run, source) })),
    ),
  };
}
