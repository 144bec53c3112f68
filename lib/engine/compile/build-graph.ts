/**
 * From a recording to a graph: arguments, captured tensors and variables become
 * placeholders, constants become nodes, and each variable that the run assigned
 * to is read once at the start and assigned once at the end.
 */
import type * as tf from '../tf';
import type { Attribute, GraphNode } from './graph-def';
import { dataTypes, type GraphBinding, type OpAttribute } from './native-backend';
import type { RecordedOp, Recording, Source } from './recording';
import { refuseOp } from './refuse';

/** A graph with the names of its ends, as `defineFunction` takes them. */
export interface FunctionGraph {
  readonly nodes: readonly GraphNode[];
  /** Placeholders: the arguments, then the variables' handles, then the captured tensors. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The assignments. */
  readonly controls: readonly string[];
}

/** The graph of a recording whose arguments look like these. */
export function buildGraph(
  recording: Recording,
  args: readonly tf.Tensor[],
  binding: GraphBinding,
): FunctionGraph {
  const { operations, constants, captured, variables, results } = recording;
  const nodes: GraphNode[] = [];
  const add = (name: string, op: string, inputs: string[], attributes: GraphNode['attributes']): string => {
    nodes.push({ name, op, inputs, attributes });
    return name;
  };
  const placeholder = (name: string, type: number, shape: readonly number[]): string =>
    add(name, 'Placeholder', [], { dtype: ofType(type), shape: { kind: 'shape', value: shape } });

  const inputs = [
    ...args.map((arg, i) => placeholder(`argument${i}`, dataTypes[arg.dtype], arg.shape)),
    ...variables.map((_, i) => placeholder(`handle${i}`, dataTypes.resource, [])),
    ...captured.map(({ dtype, shape }, i) => placeholder(`captured${i}`, dtype, shape)),
  ];
  constants.forEach(({ dtype, shape, bytes }, i) => {
    const value: Attribute = { kind: 'tensor', type: dtype, shape, bytes };
    add(`constant${i}`, 'Const', [], { dtype: ofType(dtype), value });
  });
  variables.forEach(({ variable }, i) => {
    add(`variable${i}`, 'ReadVariableOp', [`handle${i}`], { dtype: ofType(dataTypes[variable.dtype]) });
  });
  operations.forEach((operation, i) => {
    add(`operation${i}`, operation.name, operation.inputs.map(sourceName), attributesOf(operation, binding));
  });
  const controls = variables.flatMap(({ variable, assigned }, i) => {
    if (assigned === undefined) return [];
    const type = ofType(dataTypes[variable.dtype]);
    return add(`assign${i}`, 'AssignVariableOp', [`handle${i}`, sourceName(assigned), `^variable${i}`], {
      dtype: type,
    });
  });
  const outputs = results.map(({ type, source }, i) => {
    return `${add(`result${i}`, 'Identity', [sourceName(source)], { T: ofType(type) })}:0`;
  });
  return { nodes, inputs, outputs, controls };
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
