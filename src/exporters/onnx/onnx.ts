import { word } from '../../core/language/say';
import type { Exporter } from '../exporter';
import { GOLDEN, goldenPieces } from '../int8/golden';
import { CARD, withCard } from '../int8/written';
import { ONNX_SNIPPET } from './snippet';
import { writeOnnx } from './write';

/** The found network as int8 for ONNX Runtime and what reads its files, with its card. */
export const onnx: Exporter = {
  id: 'onnx',
  label: 'ONNX (int8)',
  files: ['model.onnx', GOLDEN, CARD],
  mime: 'application/octet-stream',
  note: word('ONNX Runtime runs it, and what else reads ONNX.'),
  int8: true,
  snippets: [{ title: word('Python with ONNX Runtime'), code: ONNX_SNIPPET }],
  write: (run) =>
    withCard(run, ({ graph, title }) => {
      const bytes = writeOnnx(graph, { description: title });
      return [() => [bytes], () => goldenPieces(graph)];
    }),
};
