/** Writes messages of protocol buffers. Source: protobuf.dev, "Encoding". */

/** A field's bytes, and the bytes of what it contains. */
export type Field = Uint8Array;

const encoder = new TextEncoder();

/** Seven bits a byte, the lowest first; negative numbers as 64 bits of two's complement. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  return [...bytes, Number(left)];
}

/** A whole number. */
export const int = (field: number, value: number): Field => Uint8Array.from([...varint(field * 8), ...varint(value)]);

export const bytes = (field: number, value: Uint8Array): Field =>
  concatenated([Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]), value]);

export const text = (field: number, value: string): Field => bytes(field, encoder.encode(value));

/** A message within the message. */
export const message = (field: number, fields: readonly Field[]): Field => bytes(field, concatenated(fields));

/** The bytes of a whole message. */
export function concatenated(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(fields.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const field of fields) {
    all.set(field, at);
    at += field.length;
  }
  return all;
}
