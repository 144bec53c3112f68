/** Which operations and constants of a recording its ends need. */
import type { Recording, Source } from './recording';

export interface Live {
  readonly operations: ReadonlySet<number>;
  readonly constants: ReadonlySet<number>;
}

/** Follows the inputs back from the given tensors. Operations come after what they need. */
export function findLive({ operations }: Recording, ends: readonly Source[]): Live {
  const live = { operations: new Set<number>(), constants: new Set<number>() };
  const mark = (source: Source): void => {
    if (source.kind === 'operation') live.operations.add(source.index);
    if (source.kind === 'constant') live.constants.add(source.index);
  };
  ends.forEach(mark);
  for (let i = operations.length - 1; i >= 0; i--) {
    if (live.operations.has(i)) operations[i]?.inputs.forEach(mark);
  }
  return live;
}

/** What a recording ends with: its results and the new values of variables. */
export function endsOf({ variables, results }: Recording): Source[] {
  return [...variables.flatMap(({ assigned }) => assigned ?? []), ...results.map(({ source }) => source)];
}

/** The recording with the values of the constants that nothing needs let go: a mask may be as large as a batch. */
export function withoutDeadConstants(recording: Recording): Recording {
  const live = findLive(recording, endsOf(recording)).constants;
  const nothing = new Uint8Array();
  const constants = recording.constants.map((constant, i) =>
    live.has(i) ? constant : { ...constant, bytes: nothing },
  );
  return { ...recording, constants };
}
