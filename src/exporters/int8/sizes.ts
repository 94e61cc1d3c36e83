/** What the int8 files take on a device, to the byte, and whether that keeps the limits that the network was found under. */
import { planArena } from '../../core/quantize/arena';
import type { RangeChoice } from '../../core/quantize/ranges';
import { joined } from '../download';
import type { ExportedRun, FilePieces } from '../exporter';
import { readTflite } from '../tflite/read';
import { tflite } from '../tflite/tflite';
import { constantBytes } from './card';
import { int8NetworkOf } from './int8Network';
import { memoryLimit, type MemoryLimit, type MemoryMetric } from './limits';

export interface Int8Sizes {
  /** Of model.tflite, read back from its own bytes. */
  readonly tflite: {
    readonly fileBytes: number;
    /** Weights, biases and scales in it. */
    readonly constantBytes: number;
    readonly activationBytes: number;
  };
  /** Activations of the ONNX and the C files. */
  readonly activationBytes: number;
  readonly limits: Readonly<Record<MemoryMetric, MemoryLimit | null>>;
  /** A sentence for each limit that a file breaks, with what helps. */
  readonly broken: readonly string[];
  /** Sentences about layers that lose precision. */
  readonly warnings: readonly string[];
  /** With the number of examples that were there. */
  readonly ranges: RangeChoice;
}

/** @throws WorkbenchError as the `tflite` export does */
export async function int8Sizes(run: ExportedRun): Promise<Int8Sizes> {
  const { graph, warnings, ranges } = await int8NetworkOf(run);
  const [pieces] = (await tflite.write(run)) as [FilePieces];
  const bytes = joined(pieces());
  const read = readTflite(bytes, tflite.files[0]);
  const file = run.runFile();
  const found = {
    tflite: { fileBytes: bytes.length, constantBytes: constantBytes(read), activationBytes: planArena(read).bytes },
    activationBytes: planArena(graph).bytes,
    limits: { flashBytes: memoryLimit(file, 'flashBytes'), ramBytes: memoryLimit(file, 'ramBytes') },
  };
  return { ...found, broken: brokenLimits(found, file.result?.costs.final ?? {}), warnings, ranges };
}

type Sizes = Pick<Int8Sizes, 'tflite' | 'activationBytes' | 'limits'>;

/** @param counted what the search counted for the network, and held under the targets */
export function brokenLimits(
  { tflite: file, activationBytes, limits }: Sizes,
  counted: Readonly<Partial<Record<MemoryMetric, number>>>,
): string[] {
  const { flashBytes: flash, ramBytes: ram } = limits;
  const sentences: string[] = [];
  if (flash && file.fileBytes > flash.bytes) {
    const other = file.constantBytes <= flash.bytes ? ' Or take the C files: their constants fit.' : '';
    sentences.push(
      `model.tflite takes ${excess(file.fileBytes, flash, 'flash memory')}. The search counts weights and biases; the file also holds scales, names and shapes. ${lowered(flash, file.fileBytes, counted.flashBytes, 'flash memory')}${other}`,
    );
  }
  if (ram && file.activationBytes > ram.bytes) {
    const other = activationBytes <= ram.bytes ? ' Or take the ONNX or C files, which need no such copies.' : '';
    sentences.push(
      `The activations of model.tflite take ${excess(file.activationBytes, ram, 'RAM')}. TensorFlow Lite needs padded copies of some layers' inputs. ${lowered(ram, file.activationBytes, counted.ramBytes, 'peak RAM')}${other}`,
    );
  }
  return sentences;
}

const excess = (bytes: number, { bytes: limit, from }: MemoryLimit, what: string) =>
  `${byteText(bytes)}, ${byteText(bytes - limit)} more than ${from === 'target' ? `the target of ${byteText(limit)} for ${what}` : `the ${byteText(limit)} of ${what} that the device has`}`;

/** What to change, so that a network like this one leaves room for what the file adds to what the search counts. */
function lowered({ bytes: limit }: MemoryLimit, bytes: number, counted: number | undefined, target: string): string {
  const left = limit - (bytes - (counted ?? bytes));
  if (counted === undefined || left <= 0) return 'Search for a device with more memory.';
  return `To make room for that, search again with a ${target} target of at most ${byteText(Math.floor(left))}.`;
}

const byteText = (bytes: number) => `${bytes.toLocaleString('en', { maximumFractionDigits: 0 })} B`;
