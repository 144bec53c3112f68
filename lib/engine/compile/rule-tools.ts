/** What the rules share: attributes of operations, and their inputs. */
import { dataTypes, type OpAttribute } from './native-backend';
import type { RecordedOp, Source } from './recording';

/** TensorFlow's numbers of the kinds of attributes (tf_attrtype.h). */
export const attributeKinds = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

export const floatType: OpAttribute = { name: 'T', type: attributeKinds.type, value: dataTypes.float32 };

export function attribute(operation: RecordedOp, name: string): unknown {
  return operation.attributes.find((candidate) => candidate.name === name)?.value;
}

export function isFloat(operation: RecordedOp): boolean {
  return operation.outputs[0]?.dtype === dataTypes.float32;
}

/** The two inputs of an operation of that name, both ways around; none of another operation. */
export function pairs(operation: RecordedOp | undefined, name: string): [Source, Source][] {
  const [one, other] = inputsOf(operation, name);
  if (one === undefined || other === undefined) return [];
  return [
    [one, other],
    [other, one],
  ];
}

export function inputsOf(operation: RecordedOp | undefined, name: string): readonly Source[] {
  return operation?.name === name ? operation.inputs : [];
}
