/**
 * From a recording to a graph, of one run or of several in a row: arguments,
 * captured tensors and the handles of variables become placeholders, constants
 * become nodes, and each run reads the variables as the run before has left them
 * and changes them once it has.
 */
import { overwrites } from './descents';
import { canFail } from './fallible';
import type { Attribute, GraphNode } from './graph-def';
import { findLive } from './live';
import { dataTypes, type GraphBinding } from './native-backend';
import { attributesOf, ofType } from './node-attributes';
import { factsOf, type RecordedOp, type Recording, type Source, type TensorFacts } from './recording';
import type { Update } from './update';
import { findUpdates } from './updates';

/** A graph with the names of its ends, as `defineFunction` takes them. */
export interface FunctionGraph {
  readonly nodes: readonly GraphNode[];
  /** Placeholders: the arguments run by run, then the variables' handles, then the captured tensors. */
  readonly inputs: readonly string[];
  /** The results, run by run. */
  readonly outputs: readonly string[];
  /** The last change of each variable. */
  readonly controls: readonly string[];
}

/** The graph of a recording, for that many runs in a row. */
export function buildGraph(recording: Recording, binding: GraphBinding, runs = 1): FunctionGraph {
  const builder = new GraphBuilder(recording, binding);
  const inputs = builder.placeholders(runs);
  const outputs = Array.from({ length: runs }, (_, run) => builder.run(run)).flat();
  return { nodes: builder.nodes, inputs, outputs, controls: builder.lastChanges() };
}

class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  private readonly updates: readonly Update[];
  private readonly live: readonly (readonly [RecordedOp, number])[];
  /** What reads each variable: operations, updates and results. */
  private readonly read: ReadonlySet<number>;
  /** The node that read each variable last, and the change before it; then the node that changed it last. */
  private readonly reads = new Map<number, { readonly node: string; readonly after: string | undefined }>();
  private readonly changes = new Map<number, string>();

  constructor(
    private readonly recording: Recording,
    private readonly binding: GraphBinding,
  ) {
    this.updates = findUpdates(recording);
    const ends = [
      ...this.updates.flatMap(({ inputs }) => inputs),
      ...recording.results.map(({ source }) => source),
    ];
    const live = findLive(recording, ends);
    this.live = recording.operations.flatMap((operation, i) =>
      live.operations.has(i) ? [[operation, i]] : [],
    );
    const sources = [...ends, ...this.live.flatMap(([{ inputs }]) => inputs)];
    this.read = new Set(sources.flatMap(({ kind, index }) => (kind === 'variable' ? index : [])));
    for (const i of live.constants) this.addConstant(i);
  }

  placeholders(runs: number): string[] {
    const { arguments: taken, variables, captured } = this.recording;
    const placeholder = (name: string, { dtype, shape }: TensorFacts): string =>
      this.add(name, 'Placeholder', [], { dtype: ofType(dtype), shape: { kind: 'shape', value: shape } });
    const handle = { dtype: dataTypes.resource, shape: [] };
    return [
      ...Array.from({ length: runs }, (_, run) =>
        taken.map((facts, i) => placeholder(`argument${i}_${run}`, facts)),
      ).flat(),
      ...variables.map((_, i) => placeholder(`handle${i}`, handle)),
      ...captured.map((facts, i) => placeholder(`captured${i}`, facts)),
    ];
  }

  /** Adds one run; the names of its results. */
  run(run: number): string[] {
    for (const variable of this.read) this.readVariable(variable, run);
    for (const [operation, i] of this.live) {
      const { name, inputs } = operation;
      const attributes = attributesOf(operation, this.binding);
      const after = overwrites(operation) ? controlsOf([this.release(operation, i, run)]) : [];
      this.add(`operation${i}_${run}`, name, [...this.names(inputs, run), ...after], attributes);
    }
    const outputs = this.recording.results.map(({ type, source }, i) => {
      const attributes = { T: ofType(type) };
      return `${this.add(`result${i}_${run}`, 'Identity', this.names([source], run), attributes)}:0`;
    });
    this.updates.forEach((update, i) => {
      this.change(update, `update${i}_${run}`, run);
    });
    return outputs;
  }

  lastChanges(): string[] {
    return [...new Set(this.changes.values())];
  }

  private addConstant(i: number): void {
    const { dtype, shape, bytes } = this.recording.constants[i] as Recording['constants'][number];
    const value: Attribute = { kind: 'tensor', type: dtype, shape, bytes };
    this.add(`constant${i}`, 'Const', [], { dtype: ofType(dtype), value });
  }

  private readVariable(variable: number, run: number): void {
    const after = this.changes.get(variable);
    const known = this.reads.get(variable);
    if (known !== undefined && known.after === after) return;
    const inputs = [`handle${variable}`, ...controlsOf([after])];
    const node = this.add(`variable${variable}_${run}`, 'ReadVariableOp', inputs, {
      dtype: this.typeOf(variable),
    });
    this.reads.set(variable, { node, after });
  }

  /**
   * Makes a variable let go of its value, once everything else has read it, so
   * that an operation may overwrite it; the variable gets it back by its update.
   * A run that failed in between would leave the variable without a value: all
   * that can fail comes before.
   */
  private release({ inputs }: RecordedOp, by: number, run: number): string {
    const variable = (inputs[0] as Source).index;
    const dtype = this.typeOf(variable);
    const name = `release${variable}_${run}`;
    const value: Attribute = { kind: 'tensor', type: dataTypes.float32, shape: [0], bytes: new Uint8Array() };
    const nothing = this.add(`nothing${variable}_${run}`, 'Const', [], { dtype, value });
    const others = this.readersOf(variable).filter((i) => i !== by);
    const fallible = this.live.flatMap(([operation, i]) => (canFail(operation) ? i : []));
    const before = [
      this.reads.get(variable)?.node,
      ...[...others, ...fallible].map((i) => `operation${i}_${run}`),
    ];
    const from = [`handle${variable}`, `${nothing}:0`, ...controlsOf(before)];
    return this.add(name, 'AssignVariableOp', from, { dtype });
  }

  /** Changes variables, after everything that reads their old values: they may be overwritten without a copy then. */
  private change({ op, variables, inputs, nesterov }: Update, name: string, run: number): void {
    const before = variables.flatMap((variable) => [
      this.changes.get(variable),
      this.reads.get(variable)?.node,
      ...this.readersOf(variable).map((i) => `operation${i}_${run}`),
    ]);
    const handles = variables.map((variable) => `handle${variable}`);
    const type = this.typeOf(variables[0] as number);
    this.add(name, op, [...handles, ...this.names(inputs, run), ...controlsOf(before)], {
      ...(op.startsWith('ResourceApply') ? { T: type } : { dtype: type }),
      ...(nesterov === undefined ? {} : { use_nesterov: { kind: 'bool', value: nesterov } }),
    });
    for (const variable of variables) this.changes.set(variable, name);
  }

  /** The operations that read a variable. */
  private readersOf(variable: number): number[] {
    const reads = ({ kind, index }: Source): boolean => kind === 'variable' && index === variable;
    return this.live.flatMap(([{ inputs }, i]) => (inputs.some(reads) ? i : []));
  }

  private typeOf(variable: number): Attribute {
    return ofType(factsOf(this.recording, { kind: 'variable', index: variable }).dtype);
  }

  private names(sources: readonly Source[], run: number): string[] {
    return sources.map((source) => {
      const { kind, index } = source;
      if (kind === 'operation') return `operation${index}_${run}:${source.output}`;
      if (kind === 'variable') return `${this.reads.get(index)?.node}:0`;
      return kind === 'argument' ? `argument${index}_${run}:0` : `${kind}${index}:0`;
    });
  }

  private add(
    name: string,
    op: string,
    inputs: readonly string[],
    attributes: GraphNode['attributes'],
  ): string {
    this.nodes.push({ name, op, inputs, attributes });
    return name;
  }
}

/** Inputs that say that these nodes must have run. */
function controlsOf(nodes: readonly (string | undefined)[]): string[] {
  return [...new Set(nodes)].flatMap((node) => (node === undefined ? [] : `^${node}`));
}
