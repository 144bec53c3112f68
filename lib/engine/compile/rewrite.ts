/**
 * Rewriting a recording into one that computes the same with fewer operations:
 * tfjs composes from small operations what TensorFlow has as one, because it
 * must run on every back end.
 *
 * One pass from front to back: each operation is offered to the rules with its
 * inputs already rewritten; operations that repeat an earlier one, and those
 * that nothing needs any more, fall away.
 */
import { endsOf, findLive } from './live';
import { dataTypes } from './native-backend';
import {
  factsOf,
  type RecordedConstant,
  type RecordedOp,
  type Recording,
  type Source,
  sourceKey,
  type TensorFacts,
} from './recording';

/** What a rule may ask about the operations so far. */
export interface RecordingView {
  /** The operation that makes a tensor; undefined for arguments, constants and so on. */
  maker(source: Source): RecordedOp | undefined;
  shape(source: Source): readonly number[];
  /** The number that all elements of a float32 constant have; undefined where there is none. */
  uniformValue(source: Source): number | undefined;
  /** The numbers of an int32 constant; undefined of anything else. */
  integers(source: Source): readonly number[] | undefined;
  /** In how many places a tensor is needed, by the recording as it came. */
  uses(source: Source): number;
  /** The result of an earlier operation of one input, e.g. the ReLU of a tensor. */
  existing(name: string, input: Source): Source | undefined;
  /** Adds an operation before the one at hand; its first result. */
  add(operation: RecordedOp): Source;
  /** A scalar of that type, one of TensorFlow's numbers. */
  scalar(value: number, dtype: ScalarType): Source;
  /** A tensor without elements. */
  empty(facts: TensorFacts): Source;
  /** A tensor of zeros, of floats. */
  zeros(facts: TensorFacts): Source;
}

/** The types of the scalars that rules make. */
export type ScalarType = typeof dataTypes.float32 | typeof dataTypes.int32;

/** Offers another operation, or the tensor that already has the result; undefined to leave it. */
export type Rule = (operation: RecordedOp, view: RecordingView) => RecordedOp | Source | undefined;

/** The recording, rewritten; its variables, constants and captured tensors stay. */
export function rewrite(recording: Recording, rules: readonly Rule[]): Recording {
  const pass = new Rewriting(recording);
  for (const operation of recording.operations) pass.take(operation, rules);
  const variables = recording.variables.map(({ variable, assigned }) =>
    assigned === undefined ? { variable } : { variable, assigned: pass.resolve(assigned) },
  );
  const results = recording.results.map(({ source, type }) => ({ source: pass.resolve(source), type }));
  return { ...recording, operations: pass.operations, constants: pass.constants, variables, results };
}

class Rewriting implements RecordingView {
  readonly operations: RecordedOp[] = [];
  readonly constants: RecordedConstant[];
  /** What each tensor of the old recording is in the new one, by the index of its operation. */
  private readonly renamed: Source[][] = [];
  private readonly known = new Map<string, Source[]>();
  /** The constants that rules have asked for, by type and value or shape. */
  private readonly made = new Map<string, Source>();

  /** In how many places each tensor is needed: of the old recording, and of those in the new one that stand for them. */
  private readonly usesBefore: ReadonlyMap<string, number>;
  private readonly usesNow = new Map<string, number>();

  constructor(private readonly recording: Recording) {
    this.constants = [...recording.constants];
    this.usesBefore = usesOf(recording);
  }

  take(original: RecordedOp, rules: readonly Rule[]): void {
    const sources = this.better(original, rules);
    const index = this.renamed.push(sources) - 1;
    sources.forEach((source, output) => {
      const uses = this.usesBefore.get(sourceKey({ kind: 'operation', index, output })) ?? 0;
      this.usesNow.set(sourceKey(source), this.uses(source) + uses);
    });
  }

  uses(source: Source): number {
    return this.usesNow.get(sourceKey(source)) ?? 0;
  }

  /** What the results of an operation become. */
  private better(original: RecordedOp, rules: readonly Rule[]): Source[] {
    let operation: RecordedOp = { ...original, inputs: original.inputs.map((input) => this.resolve(input)) };
    for (const rule of rules) {
      const better = rule(operation, this);
      if (better === undefined) continue;
      if ('kind' in better) return [better];
      operation = better;
    }
    return this.place(operation);
  }

  resolve(source: Source): Source {
    if (source.kind !== 'operation') return source;
    return this.renamed[source.index]?.[source.output] as Source;
  }

  maker(source: Source): RecordedOp | undefined {
    return source.kind === 'operation' ? this.operations[source.index] : undefined;
  }

  shape(source: Source): readonly number[] {
    return factsOf({ ...this.recording, operations: this.operations, constants: this.constants }, source)
      .shape;
  }

  uniformValue(source: Source): number | undefined {
    const filled = this.maker(source);
    if (filled?.name === 'Fill') return this.uniformValue(filled.inputs[1] as Source);
    const constant = source.kind === 'constant' ? this.constants[source.index] : undefined;
    if (constant?.dtype !== dataTypes.float32) return undefined;
    const values = new Float32Array(
      constant.bytes.buffer,
      constant.bytes.byteOffset,
      constant.bytes.length / 4,
    );
    return values.every((value) => value === values[0]) ? values[0] : undefined;
  }

  integers(source: Source): readonly number[] | undefined {
    const constant = source.kind === 'constant' ? this.constants[source.index] : undefined;
    if (constant?.dtype !== dataTypes.int32) return undefined;
    return [...new Int32Array(constant.bytes.buffer, constant.bytes.byteOffset, constant.bytes.length / 4)];
  }

  existing(name: string, input: Source): Source | undefined {
    return this.known.get(`${name}(${sourceKey(input)})`)?.[0];
  }

  add(operation: RecordedOp): Source {
    return this.place(operation)[0] as Source;
  }

  scalar(value: number, dtype: ScalarType): Source {
    const key = `${dtype} ${value}`;
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const values = dtype === dataTypes.int32 ? new Int32Array([value]) : new Float32Array([value]);
    return this.constant(key, { dtype, shape: [], bytes: new Uint8Array(values.buffer) });
  }

  empty({ shape, dtype }: TensorFacts): Source {
    const key = `${dtype} [${shape.join()}]`;
    return this.made.get(key) ?? this.constant(key, { dtype, shape, bytes: new Uint8Array() });
  }

  zeros({ shape, dtype }: TensorFacts): Source {
    const key = `zeros ${dtype} [${shape.join()}]`;
    const size = shape.reduce((product, length) => product * length, 4);
    return this.made.get(key) ?? this.constant(key, { dtype, shape, bytes: new Uint8Array(size) });
  }

  private constant(key: string, values: TensorFacts & { readonly bytes: Uint8Array }): Source {
    const index = this.constants.push({ ...values, origin: 'a rule' }) - 1;
    const source: Source = { kind: 'constant', index };
    this.made.set(key, source);
    return source;
  }

  /** Adds an operation, or finds the one that does the same. All recorded operations are pure. */
  private place(operation: RecordedOp): Source[] {
    const { name, inputs, attributes, outputs } = operation;
    const key = `${name}(${inputs.map(sourceKey).join()})`;
    const exact = `${key}${JSON.stringify(attributes)}`;
    const before = this.known.get(exact);
    if (before !== undefined) return before;
    const index = this.operations.push(operation) - 1;
    const sources = outputs.map((_, output): Source => ({ kind: 'operation', index, output }));
    this.known.set(exact, sources);
    this.known.set(key, sources);
    return sources;
  }
}

/** In how many places each tensor is needed, by its key: by operations that are needed themselves, or in the end. */
function usesOf(recording: Recording): ReadonlyMap<string, number> {
  const ends = endsOf(recording);
  const live = findLive(recording, ends).operations;
  const places = [...ends, ...recording.operations.flatMap(({ inputs }, i) => (live.has(i) ? inputs : []))];
  const uses = new Map<string, number>();
  for (const place of places) uses.set(sourceKey(place), (uses.get(sourceKey(place)) ?? 0) + 1);
  return uses;
}
