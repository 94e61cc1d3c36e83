/** What the int8 files take on a device, to the byte, and whether that keeps the limits that the network was found under. */
import { planArena } from '../../core/quantize/arena';
import { sentencesLater } from '../../core/language/lists';
import { locale } from '../../core/language/say';
import { sayLater, type Told } from '../../core/language/told';
import type { RangeChoice } from '../../core/quantize/ranges';
import { joined } from '../download';
import type { ExportedRun, FilePieces } from '../exporter';
import { memoryPlan } from '../tflite/memoryPlan';
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
  readonly broken: readonly Told[];
  /** Sentences about layers that lose precision. */
  readonly warnings: readonly Told[];
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
    tflite: { fileBytes: bytes.length, constantBytes: constantBytes(read), activationBytes: memoryPlan(read).bytes },
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
): Told[] {
  const { flashBytes: flash, ramBytes: ram } = limits;
  const sentences: Told[] = [];
  if (flash && file.fileBytes > flash.bytes) {
    const values = excess(file.fileBytes, flash);
    const what =
      flash.from === 'target'
        ? sayLater(
            'model.tflite takes {bytes}, {more} more than the target of {limit} for flash memory. The search counts weights and biases; the file also holds scales, names and shapes.',
            values,
          )
        : sayLater(
            'model.tflite takes {bytes}, {more} more than the {limit} of flash memory that the device has. The search counts weights and biases; the file also holds scales, names and shapes.',
            values,
          );
    const target = loweredTarget(flash, file.fileBytes, counted.flashBytes);
    const help =
      target === null
        ? sayLater('Search for a device with more memory.')
        : sayLater('To make room for that, search again with a flash memory target of at most {target}.', { target });
    const other = file.constantBytes <= flash.bytes ? sayLater('Or take the C files: their constants fit.') : null;
    sentences.push(sentencesLater([what, help, other]));
  }
  if (ram && file.activationBytes > ram.bytes) {
    const values = excess(file.activationBytes, ram);
    const what =
      ram.from === 'target'
        ? sayLater(
            "The activations of model.tflite take {bytes}, {more} more than the target of {limit} for RAM. TensorFlow Lite needs padded copies of some layers' inputs, and places in steps of 16 B.",
            values,
          )
        : sayLater(
            "The activations of model.tflite take {bytes}, {more} more than the {limit} of RAM that the device has. TensorFlow Lite needs padded copies of some layers' inputs, and places in steps of 16 B.",
            values,
          );
    const target = loweredTarget(ram, file.activationBytes, counted.ramBytes);
    const help =
      target === null
        ? sayLater('Search for a device with more memory.')
        : sayLater('To make room for that, search again with a peak RAM target of at most {target}.', { target });
    const other = activationBytes <= ram.bytes ? sayLater('Or take the ONNX or C files, which need neither.') : null;
    sentences.push(sentencesLater([what, help, other]));
  }
  return sentences;
}

const excess = (bytes: number, { bytes: limit }: MemoryLimit) => ({
  bytes: byteText(bytes),
  more: byteText(bytes - limit),
  limit: byteText(limit),
});

/** The target at which a network like this one leaves room for what the file adds to what the search counts; null where none would do. */
function loweredTarget({ bytes: limit }: MemoryLimit, bytes: number, counted: number | undefined): string | null {
  const left = limit - (bytes - (counted ?? bytes));
  return counted === undefined || left <= 0 ? null : byteText(Math.floor(left));
}

const byteText = (bytes: number) => `${bytes.toLocaleString(locale(), { maximumFractionDigits: 0 })} B`;
