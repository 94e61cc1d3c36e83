import { word } from '../../core/language/say';
import type { Exporter } from '../exporter';
import { GOLDEN, goldenPieces } from '../int8/golden';
import { CARD, withCard } from '../int8/written';
import { LITERT_SNIPPET, MICRO_SNIPPET } from './snippet';

/** The found network as int8 for TensorFlow Lite, LiteRT and TensorFlow Lite Micro, with its card. */
export const tflite: Exporter = {
  id: 'tflite',
  label: 'TFLite (int8)',
  files: ['model.tflite', GOLDEN, CARD],
  mime: 'application/octet-stream',
  note: word('LiteRT, TensorFlow Lite and TensorFlow Lite Micro run it.'),
  int8: true,
  snippets: [
    { title: word('Python with LiteRT'), code: LITERT_SNIPPET },
    { title: word('C++ with TensorFlow Lite Micro, also for Arduino'), code: MICRO_SNIPPET },
  ],
  write: (run) => withCard(run, ({ tflite: bytes, graph }) => [() => [bytes], () => goldenPieces(graph)]),
};
