/**
 * Writing protocol buffers: the wire format, and no more of it than a GraphDef
 * needs. (Protocol Buffers, "Encoding".)
 */

const wireVarint = 0;
const wireBytes = 2;
const wireFixed32 = 5;

/** A message under construction: call the methods in any order, then `finish`. */
export class ProtoWriter {
  private readonly parts: Uint8Array[] = [];

  /** A whole number, negative ones as 64-bit two's complement; `true` is 1. */
  integer(field: number, value: number | boolean): this {
    this.parts.push(varint(field * 8 + wireVarint), varint(Number(value)));
    return this;
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    this.parts.push(varint(field * 8 + wireFixed32), new Uint8Array(new Float32Array([value]).buffer));
    return this;
  }

  /** A string, bytes, or a message that is finished. */
  bytes(field: number, value: string | Uint8Array): this {
    const data = typeof value === 'string' ? Buffer.from(value) : value;
    this.parts.push(varint(field * 8 + wireBytes), varint(data.length), data);
    return this;
  }

  /** Whole numbers, packed. */
  integers(field: number, values: readonly (number | boolean)[]): this {
    return this.bytes(field, Buffer.concat(values.map((value) => varint(Number(value)))));
  }

  /** 32-bit floats, packed. */
  floats(field: number, values: readonly number[]): this {
    return this.bytes(field, new Uint8Array(new Float32Array(values).buffer));
  }

  /** The message. */
  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
