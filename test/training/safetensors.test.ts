import { InkwellError } from 'inkwell/core/errors';
import { decodeTensors, encodeTensors, type TensorFile } from 'inkwell/training/safetensors';

const FILE: TensorFile = {
  tensors: {
    a: { type: 'float32', shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, Math.PI]) },
    'layers.0.biases': { type: 'int32', shape: [2], values: Int32Array.from([-1, 7]) },
    scalar: { type: 'float32', shape: [], values: Float32Array.from([0.5]) },
  },
  metadata: { by: 'hand' },
};

test('comes back as it was, from any place in memory', () => {
  const bytes = encodeTensors(FILE);
  expect(decodeTensors(bytes, 'f')).toEqual(FILE);
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  expect(decodeTensors(moved.subarray(3), 'f')).toEqual(FILE);
});

test('reads what the format’s description says, byte by byte', () => {
  const json = '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const bytes = Buffer.concat([
    Buffer.from([json.length, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from(json),
    Buffer.from([0, 0, 128, 63]),
  ]);
  const tensors = { x: { type: 'float32', shape: [1], values: Float32Array.from([1]) } };
  expect(decodeTensors(bytes, 'f')).toEqual({ tensors, metadata: {} });
});

test('refuses to write values that do not fill the shape', () => {
  const tensors = { a: { type: 'float32', shape: [2], values: new Float32Array(3) } } as const;
  expect(() => encodeTensors({ tensors, metadata: {} })).toThrow(
    new RangeError('encodeTensors: a of 2 has 3 values'),
  );
});

function withHeader(header: string, data = 0): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(Buffer.from(header), 8);
  return bytes;
}

test.each<[string, Uint8Array]>([
  ['it has 3 bytes, fewer than its length field', new Uint8Array(3)],
  [
    'its header is said to have 1099511627775 bytes, but the file has 9',
    Uint8Array.from([255, 255, 255, 255, 255, 0, 0, 0, 0]),
  ],
  ['its header is not JSON', withHeader('{"a":')],
  ['its header is not a JSON object', withHeader('[]')],
  ['a has type F64, expected F32 or I32', withHeader('{"a":{"dtype":"F64"}}')],
  ['a has no shape', withHeader('{"a":{"dtype":"F32","shape":[-1]}}')],
  ['a has no place', withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}')],
  [
    'a of 2 takes 8 bytes, but has 4',
    withHeader('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4),
  ],
  ['it ends in the middle of a', withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 3)],
])('a bad file is a clear error: %s', (what, bytes) => {
  let error: unknown;
  try {
    decodeTensors(bytes, 'weights.safetensors');
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(InkwellError);
  expect((error as InkwellError).code).toBe('TENSORS_FORMAT');
  expect((error as InkwellError).message).toBe(
    `weights.safetensors is not a whole safetensors file: ${what}.\n` +
      'It was cut off, or is of another format; take an earlier copy, or write it anew.',
  );
});

test('every cut of a file is an error, none a crash or half a net', () => {
  const bytes = encodeTensors(FILE);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeTensors(bytes.subarray(0, length), 'f')).toThrow(InkwellError);
  }
});
