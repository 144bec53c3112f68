/** Attributes of recorded operations as a graph has them. */
import type { Attribute } from './graph-def';
import type { GraphBinding, OpAttribute } from './native-backend';
import type { RecordedOp } from './recording';
import { refuseOp } from './refuse';

/** A data type, TensorFlow's number. */
export function ofType(value: number): Attribute {
  return { kind: 'type', value };
}

/**
 * The attributes of an operation, by name.
 *
 * @throws InkwellError `COMPILE_OP` where one is of a kind that is not known here.
 */
export function attributesOf(
  { name, attributes }: RecordedOp,
  binding: GraphBinding,
): Record<string, Attribute> {
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
