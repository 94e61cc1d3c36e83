import type { QuantizedGraph } from '../../core/quantize/graph';
import type { ExportedRun, FilePieces } from '../exporter';
import { lowerPadding } from '../tflite/padding';
import { writeTflite } from '../tflite/write';
import { cardOf } from './card';
import { int8NetworkOf } from './int8Network';
import { jsonWithRows } from './jsonWithRows';
import { memoryLimit } from './limits';

export const CARD = 'card.json';

/** What an int8 export is made from. */
export interface Int8Parts {
  readonly graph: QuantizedGraph;
  /** The content of model.tflite. */
  readonly tflite: Uint8Array;
  /** "kws, found on Speech Commands" */
  readonly title: string;
}

/** Files of the found network as int8, and the card behind them. @param write makes the contents of the files before the card */
export async function withCard(run: ExportedRun, write: (parts: Int8Parts) => readonly FilePieces[]): Promise<readonly FilePieces[]> {
  const network = await int8NetworkOf(run);
  const { graph } = network;
  const file = run.runFile();
  const title = `${file.config.task}, found on ${file.config.data.name}`;
  const lowered = lowerPadding(graph, memoryLimit(file, 'ramBytes')?.bytes ?? Infinity);
  const tflite = writeTflite(lowered.graph, { description: title });
  const int8Quality = (await run.int8Quality?.()) ?? null;
  const card = cardOf({ network, file, run, tflite: { ...lowered, fileBytes: tflite.length }, int8Quality });
  return [...write({ graph, tflite, title }), () => [`${jsonWithRows(card)}\n`]];
}
