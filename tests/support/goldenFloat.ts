import { readFileSync } from 'node:fs';

/** A recorded network that is fed with floats, see tests/golden/README.md. */
export interface GoldenFloat {
  readonly space: string;
  readonly file: Uint8Array;
  readonly input: Float32Array;
  readonly output: readonly number[];
}

interface Recorded extends Pick<GoldenFloat, 'space' | 'output'> {
  /** In base64. */
  readonly file: string;
  readonly input: string;
}

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

export const goldenFloats: readonly GoldenFloat[] = (
  JSON.parse(readFileSync(new URL('../golden/float/networks.json', import.meta.url), 'utf8')) as readonly Recorded[]
).map(({ file, input, ...recorded }) => ({ ...recorded, file: bytesOf(file), input: new Float32Array(bytesOf(input).buffer) }));
