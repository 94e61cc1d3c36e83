import type { QuantizedGraph } from '../../core/quantize/graph';
import type { ExportedRun, FilePieces } from '../exporter';
import { lowerPadding } from '../tflite/padding';
import { cardOf } from './card';
import { int8NetworkOf } from './int8Network';
import { memoryLimit } from './limits';

export const CARD = 'card.json';

/** What an int8 export is made from. */
export interface Int8Parts {
  readonly graph: QuantizedGraph;
  /** The same with paddings that TFLite has names for. */
  readonly tfliteGraph: QuantizedGraph;
  /** "kws, found on Speech Commands" */
  readonly title: string;
}

/** Files of the found network as int8, and the card behind them. @param write makes the contents of the files before the card */
export async function withCard(run: ExportedRun, write: (parts: Int8Parts) => readonly FilePieces[]): Promise<readonly FilePieces[]> {
  const network = await int8NetworkOf(run);
  const file = run.runFile();
  const tflite = lowerPadding(network.graph, memoryLimit(file, 'ramBytes')?.bytes ?? Infinity);
  const title = `${file.config.task}, found on ${file.config.data.name}`;
  const card = `${JSON.stringify(cardOf(network, file, run.trainingSet, tflite), null, 2)}\n`;
  return [...write({ graph: network.graph, tfliteGraph: tflite.graph, title }), () => [card]];
}
