import { ProtoWriter } from 'inkwell/engine/compile/proto';

describe('ProtoWriter', () => {
  const hex = (writer: ProtoWriter): string => Buffer.from(writer.finish()).toString('hex');

  // The three worked examples of the "Encoding" page of Protocol Buffers.
  test('writes 150 in field 1', () => {
    expect(hex(new ProtoWriter().integer(1, 150))).toBe('089601');
  });

  test('writes a string in field 2', () => {
    expect(hex(new ProtoWriter().bytes(2, 'testing'))).toBe('120774657374696e67');
  });

  test('writes packed numbers in field 6', () => {
    expect(hex(new ProtoWriter().integers(6, [3, 270, 86942]))).toBe('3206038e029ea705');
  });

  test('writes negative numbers in ten bytes, and flags as 0 or 1', () => {
    expect(hex(new ProtoWriter().integer(1, -2))).toBe('08feffffffffffffffff01');
    expect(hex(new ProtoWriter().integer(1, true).integer(2, false))).toBe('08011000');
  });

  test('writes floats in little-endian order, alone and packed', () => {
    expect(hex(new ProtoWriter().float(1, 1))).toBe('0d0000803f');
    expect(hex(new ProtoWriter().floats(1, [1, -2]))).toBe('0a080000803f000000c0');
  });

  test('nests messages', () => {
    const inner = new ProtoWriter().integer(1, 150).finish();
    expect(hex(new ProtoWriter().bytes(3, inner))).toBe('1a03089601');
  });
});
