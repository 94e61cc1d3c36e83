import { word } from '../../core/language/say';
import type { Exporter } from '../exporter';
import { CARD, withCard } from '../int8/written';
import { LITERT_SNIPPET } from './snippet';
import { writeTflite } from './write';

/** The found network as int8 for TensorFlow Lite, LiteRT and TensorFlow Lite Micro, with its card. */
export const tflite: Exporter = {
  id: 'tflite',
  label: 'TFLite (int8)',
  files: ['model.tflite', CARD],
  mime: 'application/octet-stream',
  note: word('LiteRT, TensorFlow Lite and TensorFlow Lite Micro run it.'),
  int8: true,
  snippet: { title: word('Python with LiteRT'), code: LITERT_SNIPPET },
  write: (run) =>
    withCard(run, ({ tfliteGraph, title }) => {
      const bytes = writeTflite(tfliteGraph, { description: title });
      return [() => [bytes]];
    }),
};
