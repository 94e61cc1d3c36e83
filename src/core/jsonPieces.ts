/** Writes plain data as JSON in pieces, since engines cannot hold a string of more than some hundred million letters. */

/** The fewest letters of a piece, except for the last one. */
const PIECE = 65_536;
/** Values of an array that are written at once. */
const AT_ONCE = 1024;

/**
 * The text that JSON.stringify would write, with typed arrays as arrays, in pieces of about 64 kB.
 * @param value without `toJSON` methods
 */
export function* jsonPieces(value: unknown): Generator<string, void> {
  let piece = '';
  for (const part of parts(value)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function* parts(value: unknown): Generator<string, void> {
  if (Array.isArray(value)) yield* arrayParts(value);
  else if (value instanceof Float32Array || value instanceof Float64Array) yield* arrayParts(value);
  else if (typeof value === 'object' && value !== null) yield* objectParts(value);
  else yield text(value);
}

function* arrayParts(values: readonly unknown[] | Float32Array | Float64Array): Generator<string, void> {
  yield '[';
  for (let from = 0; from < values.length; from += AT_ONCE) {
    if (from > 0) yield ',';
    const some: readonly unknown[] = Array.from(values.slice(from, from + AT_ONCE));
    if (!some.some((value) => typeof value === 'object')) yield text(some).slice(1, -1);
    else
      for (const [index, value] of some.entries()) {
        if (index > 0) yield ',';
        yield* parts(value);
      }
  }
  yield ']';
}

function* objectParts(object: object): Generator<string, void> {
  let before = '{';
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${before}${text(key)}:`;
    yield* parts(value);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** Undefined values become null inside an array, as with JSON.stringify. */
const text = (value: unknown) => JSON.stringify(value ?? null);
