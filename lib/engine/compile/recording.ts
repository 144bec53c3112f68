/**
 * What one real run of a function did, operation by operation: the tape from
 * which the graph is made, and the comparison of two tapes.
 */
import type * as tf from '../tf';
import { dataTypes, type OpAttribute } from './native-backend';
import { refuseChange, refuseConstant } from './refuse';

/** Where a tensor comes from. */
export type Source =
  | { readonly kind: 'operation'; readonly index: number; readonly output: number }
  | { readonly kind: 'argument' | 'variable' | 'constant' | 'captured'; readonly index: number };

/** What is known of a tensor without its values; the type is TensorFlow's number. */
export interface TensorFacts {
  readonly shape: readonly number[];
  readonly dtype: number;
}

export interface RecordedOp {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly Source[];
  readonly outputs: readonly TensorFacts[];
}

/** A tensor that JavaScript made during the run. */
export interface RecordedConstant extends TensorFacts {
  readonly bytes: Uint8Array;
  /** Who made it, for a message. */
  readonly origin: string;
}

/** A tensor from outside the function that is neither an argument nor a variable. */
export interface CapturedTensor extends TensorFacts {
  /** Our own hold on it in the addon. */
  readonly id: number;
  /** The tensor's id when it was recorded. */
  readonly original: number;
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
  readonly arguments: readonly TensorFacts[];
  readonly operations: RecordedOp[];
  readonly constants: RecordedConstant[];
  readonly captured: CapturedTensor[];
  readonly variables: RecordedVariable[];
  readonly results: RecordedResult[];
  /** The optimizers of tfjs that counted a step, once for each: a number in JavaScript that they save. */
  readonly counted: tf.Optimizer[];
  /** Whether the run made variables, as an optimizer's first step does: the next run differs then. */
  createdVariables: boolean;
}

/** The operation that makes a tensor; undefined for arguments, constants and so on. */
export function makerOf({ operations }: Recording, source: Source): RecordedOp | undefined {
  return source.kind === 'operation' ? operations[source.index] : undefined;
}

/** Shape and type of a tensor of the recording. */
export function factsOf(recording: Recording, source: Source): TensorFacts {
  const found = {
    operation: () => makerOf(recording, source)?.outputs[(source as { output: number }).output],
    argument: () => recording.arguments[source.index],
    constant: () => recording.constants[source.index],
    captured: () => recording.captured[source.index],
    variable: () => {
      const { shape, dtype } = (recording.variables[source.index] as RecordedVariable).variable;
      return { shape, dtype: dataTypes[dtype] };
    },
  }[source.kind]();
  return found as TensorFacts;
}

/** In how many places a tensor is used: inputs of operations, new values of variables, results. */
export function countUses({ operations, variables, results }: Recording, source: Source): number {
  const places = [
    ...operations.flatMap(({ inputs }) => inputs),
    ...variables.flatMap(({ assigned }) => assigned ?? []),
    ...results.map((result) => result.source),
  ];
  return places.filter((place) => sameSource(place, source)).length;
}

/** Whether two sources are the same tensor. */
export function sameSource(one: Source, other: Source): boolean {
  return sourceKey(one) === sourceKey(other);
}

/** A tensor of a recording as text. */
export function sourceKey(source: Source): string {
  return source.kind === 'operation' ? `${source.index}.${source.output}` : `${source.kind}${source.index}`;
}

/** Whether two shapes are the same. */
export function sameShape(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((size, i) => size === other[i]);
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

/** What is assigned, returned and counted, as text. */
function ends({ variables, results, counted }: Recording): string {
  const assigned = variables.map((one) => [one.variable.id, one.assigned]);
  return JSON.stringify([assigned, results, counted.length]);
}
