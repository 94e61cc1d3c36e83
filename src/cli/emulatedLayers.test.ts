import { expect, it } from 'vitest';
import { goldenNetworks } from '../../tests/support/goldenInt8';
import { readTflite } from '../exporters/tflite/read';
import { disagreement, opinionsOf } from './emulatedLayers';

it('puts an emulator’s counts beside the model’s cycles, layer by layer', () => {
  const [{ file }] = goldenNetworks as [(typeof goldenNetworks)[number]];
  const graph = readTflite(new Uint8Array(Buffer.from(file, 'base64')), 'recorded');
  const computing = graph.operations.filter(({ kind }) => kind !== 'reshape');
  const layers = opinionsOf(
    graph,
    computing.map((_, at) => ({ instructions: 100 + at })),
  );
  expect(layers.map(({ kind }) => kind)).toEqual(computing.map(({ kind }) => kind));
  expect(layers.map(({ instructions }) => instructions)).toEqual(computing.map((_, at) => 100 + at));
  // The model counts layers with weights, and every one of them.
  expect(layers.map(({ cycles }) => cycles > 0)).toEqual(computing.map((operation) => 'weights' in operation));
});

it('measures how far two opinions are apart', () => {
  const of = (instructions: number, cycles: number) => ({ kind: 'dense', instructions, cycles });
  expect(disagreement([of(30, 3), of(70, 7)])).toBeCloseTo(0);
  expect(disagreement([of(30, 0), of(70, 7)])).toBeCloseTo(0.3);
});
