/**
 * From a recording to a graph: arguments, captured tensors and variables become
 * placeholders, constants become nodes, and each variable that the run assigned
 * to is read once at the start and assigned once at the end.
 */
import type { Attribute, GraphNode } from './graph-def';
import { findLive } from './live';
import { dataTypes, type GraphBinding, type OpAttribute } from './native-backend';
import { factsOf, type RecordedOp, type Recording, type Source, type TensorFacts } from './recording';
import { refuseOp } from './refuse';
import { findUpdates } from './updates';

/** A graph with the names of its ends, as `defineFunction` takes them. */
export interface FunctionGraph {
  readonly nodes: readonly GraphNode[];
  /** Placeholders: the arguments, then the variables' handles, then the captured tensors. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The assignments. */
  readonly controls: readonly string[];
}

/** The graph of a recording. */
export function buildGraph(recording: Recording, binding: GraphBinding): FunctionGraph {
  const { operations, constants, captured, variables, results } = recording;
  const updates = findUpdates(recording);
  const ends = [...updates.flatMap(({ inputs }) => inputs), ...results.map(({ source }) => source)];
  const live = findLive(recording, ends);
  const nodes: GraphNode[] = [];
  const add = (name: string, op: string, inputs: string[], attributes: GraphNode['attributes']): string => {
    nodes.push({ name, op, inputs, attributes });
    return name;
  };
  const placeholder = (name: string, { dtype, shape }: TensorFacts): string =>
    add(name, 'Placeholder', [], { dtype: ofType(dtype), shape: { kind: 'shape', value: shape } });

  const inputs = [
    ...recording.arguments.map((facts, i) => placeholder(`argument${i}`, facts)),
    ...variables.map((_, i) => placeholder(`handle${i}`, { dtype: dataTypes.resource, shape: [] })),
    ...captured.map((facts, i) => placeholder(`captured${i}`, facts)),
  ];
  constants.forEach(({ dtype, shape, bytes }, i) => {
    if (!live.constants.has(i)) return;
    const value: Attribute = { kind: 'tensor', type: dtype, shape, bytes };
    add(`constant${i}`, 'Const', [], { dtype: ofType(dtype), value });
  });
  variables.forEach(({ variable }, i) => {
    add(`variable${i}`, 'ReadVariableOp', [`handle${i}`], { dtype: ofType(dataTypes[variable.dtype]) });
  });
  operations.forEach((operation, i) => {
    if (!live.operations.has(i)) return;
    add(`operation${i}`, operation.name, operation.inputs.map(sourceName), attributesOf(operation, binding));
  });
  const controls = updates.map(({ variable, op, inputs: values }) => {
    // After everything that reads the old value: then it may be overwritten without a copy.
    const readers = readersOf(recording, variable, live.operations).map((i) => `^operation${i}`);
    const from = [`handle${variable}`, ...values.map(sourceName), `^variable${variable}`, ...readers];
    const dtype = ofType(factsOf(recording, { kind: 'variable', index: variable }).dtype);
    return add(
      `update${variable}`,
      op,
      from,
      op === 'ResourceApplyGradientDescent' ? { T: dtype } : { dtype },
    );
  });
  const outputs = results.map(({ type, source }, i) => {
    return `${add(`result${i}`, 'Identity', [sourceName(source)], { T: ofType(type) })}:0`;
  });
  return { nodes, inputs, outputs, controls };
}

/** The operations that read a variable. */
function readersOf({ operations }: Recording, variable: number, live: ReadonlySet<number>): number[] {
  const reads = ({ kind, index }: Source): boolean => kind === 'variable' && index === variable;
  return operations.flatMap(({ inputs }, i) => (live.has(i) && inputs.some(reads) ? i : []));
}

function sourceName(source: Source): string {
  return `${source.kind}${source.index}:${source.kind === 'operation' ? source.output : 0}`;
}

function ofType(value: number): Attribute {
  return { kind: 'type', value };
}

function attributesOf({ name, attributes }: RecordedOp, binding: GraphBinding): Record<string, Attribute> {
  return Object.fromEntries(
    attributes.map((attribute) => [attribute.name, convert(name, attribute, binding)]),
  );
}

function convert(op: string, { name, type, value }: OpAttribute, binding: GraphBinding): Attribute {
  const list = Array.isArray(value);
  switch (type) {
    case binding.TF_ATTR_TYPE:
      return { kind: 'type', value: value as number };
    case binding.TF_ATTR_STRING:
      return { kind: 'string', value: value as string };
    case binding.TF_ATTR_SHAPE:
      return { kind: 'shape', value: value as number[] };
    case binding.TF_ATTR_INT:
      return list ? { kind: 'ints', value } : { kind: 'int', value: value as number };
    case binding.TF_ATTR_FLOAT:
      return list ? { kind: 'floats', value } : { kind: 'float', value: value as number };
    case binding.TF_ATTR_BOOL:
      return list ? { kind: 'bools', value } : { kind: 'bool', value: value as boolean };
    default:
      throw refuseOp(op, `its attribute "${name}" is of a kind (${type}) that is not known here`);
  }
}
