/**
 * A TensorFlow graph as data, and its encoding as a GraphDef.
 *
 * The field numbers are those of TensorFlow's graph.proto, node_def.proto,
 * attr_value.proto, tensor.proto and tensor_shape.proto.
 */
import { ProtoWriter } from './proto';

/** A value by which an operation is configured. Types are TensorFlow's numbers. */
export type Attribute =
  | { readonly kind: 'type' | 'int' | 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'shape'; readonly value: readonly number[] }
  | { readonly kind: 'ints' | 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'bools'; readonly value: readonly boolean[] }
  | {
      readonly kind: 'tensor';
      readonly type: number;
      readonly shape: readonly number[];
      readonly bytes: Uint8Array;
    };

/** One operation. Inputs are `node:index`, or `^node` for one that must merely run before. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The version of the operations' definitions: that of TensorFlow 2.9, the stock addon's, and later. */
const producer = 1087;

/** The bytes of a GraphDef. */
export function encodeGraph(nodes: readonly GraphNode[]): Uint8Array {
  const graph = new ProtoWriter();
  for (const node of nodes) graph.bytes(1, encodeNode(node));
  return graph.bytes(4, new ProtoWriter().integer(1, producer).finish()).finish();
}

function encodeNode({ name, op, inputs, attributes }: GraphNode): Uint8Array {
  const node = new ProtoWriter().bytes(1, name).bytes(2, op);
  for (const input of inputs) node.bytes(3, input);
  for (const [key, attribute] of Object.entries(attributes)) {
    node.bytes(5, new ProtoWriter().bytes(1, key).bytes(2, encodeAttribute(attribute)).finish());
  }
  return node.finish();
}

function encodeAttribute(attribute: Attribute): Uint8Array {
  const writer = new ProtoWriter();
  const list = new ProtoWriter();
  switch (attribute.kind) {
    case 'string':
      return writer.bytes(2, attribute.value).finish();
    case 'int':
      return writer.integer(3, attribute.value).finish();
    case 'float':
      return writer.float(4, attribute.value).finish();
    case 'bool':
      return writer.integer(5, attribute.value).finish();
    case 'type':
      return writer.integer(6, attribute.value).finish();
    case 'shape':
      return writer.bytes(7, encodeShape(attribute.value)).finish();
    case 'tensor':
      return writer.bytes(8, encodeTensor(attribute)).finish();
    case 'ints':
      return writer.bytes(1, list.integers(3, attribute.value).finish()).finish();
    case 'floats':
      return writer.bytes(1, list.floats(4, attribute.value).finish()).finish();
    case 'bools':
      return writer.bytes(1, list.integers(5, attribute.value).finish()).finish();
  }
}

function encodeShape(shape: readonly number[]): Uint8Array {
  const writer = new ProtoWriter();
  for (const size of shape) writer.bytes(2, new ProtoWriter().integer(1, size).finish());
  return writer.finish();
}

function encodeTensor(tensor: Attribute & { readonly kind: 'tensor' }): Uint8Array {
  const { type, shape, bytes } = tensor;
  return new ProtoWriter().integer(1, type).bytes(2, encodeShape(shape)).bytes(4, bytes).finish();
}
