/**
 * What one real run of a function did, operation by operation: the tape from
 * which the graph is made, and the comparison of two tapes.
 */
import type * as tf from '../tf';
import type { OpAttribute } from './native-backend';
import { refuseChange, refuseConstant } from './refuse';

/** Where a tensor comes from. */
export type Source =
  | { readonly kind: 'operation'; readonly index: number; readonly output: number }
  | { readonly kind: 'argument' | 'variable' | 'constant' | 'captured'; readonly index: number };

export interface RecordedOp {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly Source[];
}

/** A tensor that JavaScript made during the run. */
export interface RecordedConstant {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  /** Who made it, for a message. */
  readonly origin: string;
}

/** A tensor from outside the function that is neither an argument nor a variable. */
export interface CapturedTensor {
  /** Our own hold on it in the addon. */
  readonly id: number;
  /** The tensor's id when it was recorded. */
  readonly original: number;
  readonly dtype: number;
  readonly shape: readonly number[];
}

export interface RecordedResult {
  readonly source: Source;
  /** The data type, as TensorFlow's number. */
  readonly type: number;
}

export interface RecordedVariable {
  readonly variable: tf.Variable;
  /** The value it has at the end, where the run assigned to it. */
  assigned?: Source;
}

export interface Recording {
  readonly operations: RecordedOp[];
  readonly constants: RecordedConstant[];
  readonly captured: CapturedTensor[];
  readonly variables: RecordedVariable[];
  readonly results: RecordedResult[];
  /** Whether the run made variables, as an optimizer's first step does: the next run differs then. */
  createdVariables: boolean;
}

/**
 * Checks that two runs did the same.
 *
 * @throws InkwellError `COMPILE_FROZEN` that names what JavaScript did differently.
 */
export function checkSame(first: Recording, second: Recording): void {
  first.operations.forEach((operation, i) => {
    const other = second.operations[i];
    if (other === undefined) throw refuseChange(`${operation.name} ran once, not again`);
    if (JSON.stringify(operation) === JSON.stringify(other)) return;
    throw refuseChange(
      operation.name === other.name ? `${operation.name} differs` : `${operation.name}, then ${other.name}`,
    );
  });
  const more = second.operations[first.operations.length];
  if (more !== undefined) throw refuseChange(`${more.name} came on top`);
  first.constants.forEach((constant, i) => {
    const other = second.constants[i];
    if (other === undefined || Buffer.compare(constant.bytes, other.bytes) !== 0) {
      throw refuseConstant(constant.origin);
    }
  });
  const outside = ({ captured }: Recording): string => captured.map(({ original }) => original).join();
  if (outside(first) !== outside(second)) throw refuseConstant('a tensor from outside the function');
  if (ends(first) !== ends(second)) throw refuseChange('other variables or results');
}

/** What is assigned and returned, as text. */
function ends({ variables, results }: Recording): string {
  return JSON.stringify([variables.map(({ variable, assigned }) => [variable.id, assigned]), results]);
}
