import { word } from '../../core/language/say';
import type { Exporter } from '../exporter';
import { GOLDEN, goldenPieces } from '../int8/golden';
import { CARD, withCard } from '../int8/written';
import { cmsisSource } from './cmsis';
import { emitModel } from './emit';
import { exampleProgram } from './example';
import { C_SNIPPET } from './snippet';
import { kernelHeader, kernelSource } from './kernels';

/** The found network as int8 in C99, for any device with a compiler: its tables, its kernels, an example that checks itself. */
export const c: Exporter = {
  id: 'c',
  label: 'C (int8)',
  files: ['model.c', 'model.h', 'nn_int8.c', 'nn_int8.h', 'nn_cmsis.c', 'main.c', GOLDEN, CARD],
  mime: 'text/x-c',
  note: word('Any C99 compiler builds it, without a library, or for Cortex-M with Arm’s CMSIS-NN.'),
  int8: true,
  snippets: [{ title: 'C', code: C_SNIPPET }],
  write: (run) =>
    withCard(run, ({ graph, title }) => {
      const { header, source } = emitModel(graph, title);
      const texts = [source, header, kernelSource, kernelHeader, cmsisSource, exampleProgram(graph)];
      return [...texts.map((text) => () => [text]), () => goldenPieces(graph)];
    }),
};
