/** A found network's weights as a file beside its run file: float32, little-endian, one parameter after the other. */
import { WorkbenchError } from '../errors';
import type { Weights } from '../network/parameters';
import { numbersIn } from '../ops/shape';

export interface WeightsFile {
  /** The file's name without its folder, which is the run file's. */
  readonly file: string;
  /** In the order of the file. */
  readonly parameters: readonly StoredParameter[];
}

export interface StoredParameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes from the file's start. */
  readonly offset: number;
}

/** The position of each parameter in the file that `weightPieces` makes. */
export function storedParameters(weights: Weights): StoredParameter[] {
  let offset = 0;
  return Object.entries(weights).map(([name, { shape, data }]) => {
    const stored = { name, shape, offset };
    offset += data.length * Float32Array.BYTES_PER_ELEMENT;
    return stored;
  });
}

/** The file's bytes, one piece per parameter. */
export function* weightPieces(weights: Weights): Generator<Uint8Array, void> {
  for (const { data } of Object.values(weights)) {
    const view = new DataView(new ArrayBuffer(data.length * Float32Array.BYTES_PER_ELEMENT));
    for (let index = 0; index < data.length; index++) view.setFloat32(index * Float32Array.BYTES_PER_ELEMENT, data[index] as number, true);
    yield new Uint8Array(view.buffer);
  }
}

/**
 * The weights that `weightPieces` made.
 * @throws WorkbenchError `invalid-data` when the file ends before its last parameter does
 */
export function readWeightsFile(bytes: Uint8Array, { file, parameters }: WeightsFile): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Object.fromEntries(
    parameters.map(({ name, shape, offset }) => {
      const count = numbersIn(shape);
      if (offset + count * Float32Array.BYTES_PER_ELEMENT > bytes.length)
        throw new WorkbenchError(
          'invalid-data',
          `${file} has ${bytes.length} bytes, and the values of "${name}" end behind them. Take the file that was written beside this run.`,
        );
      const data = Float32Array.from({ length: count }, (_, index) =>
        view.getFloat32(offset + index * Float32Array.BYTES_PER_ELEMENT, true),
      );
      return [name, { shape, data }];
    }),
  );
}
