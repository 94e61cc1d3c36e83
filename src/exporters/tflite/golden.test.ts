/** The reference against recorded numbers of small networks, and of networks of other programs, layer by layer. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { goldenFloats } from '../../../tests/support/goldenFloat';
import { goldenNetworks } from '../../../tests/support/goldenInt8';
import { crc32 } from '../../../tests/support/crc32';
import { runQuantized } from '../../core/quantize/run';
import type { QuantizedGraph } from '../../core/quantize/graph';
import { floatInference } from '../../core/search/training/floatInference';
import { quantizedInference } from '../../core/search/training/quantizedInference';
import { readNetwork, readTflite } from './read';
import { writeTflite } from './write';

beforeAll(() => useBackend('wasm'));

const flavours = ['double', 'float32'] as const;
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

/** A CRC-32 of every operation's output. */
function layersOf(graph: QuantizedGraph, input: string, flavour: (typeof flavours)[number]): string[] {
  const layers: string[] = [];
  runQuantized(graph, new Int8Array(bytesOf(input)), flavour, (_operation, values) => layers.push(crc32(values)));
  return layers;
}

it.each(goldenNetworks)('a recorded network of $space is read, run and written as it was', ({ file, input, ...recorded }) => {
  const graph = readTflite(bytesOf(file), 'recorded');
  for (const flavour of flavours) expect(layersOf(graph, input, flavour), flavour).toEqual(recorded[flavour]);
  expect(Buffer.from(writeTflite(graph, { description: 'a small network of random weights' })).toString('base64')).toBe(file);
});

it.each(goldenFloats)(
  'a recorded network of $space, fed with floats, gives the recorded numbers',
  async ({ space, file, input, output }) => {
    const read = readNetwork(file, space);
    expect(read.numbers).toBe(space === 'rescaled' ? 'int8' : 'float32');
    const inference = read.numbers === 'int8' ? quantizedInference(read.graph, 'float32') : floatInference(read.graph);
    const found = await inference.outputs(input).data();
    inference.dispose();
    const largest = Math.max(...output.map((value, index) => Math.abs(value - (found[index] as number))));
    expect(found.length).toBe(output.length);
    expect(largest).toBeLessThan(2e-6);
  },
);

interface Golden {
  readonly cases: readonly ({ readonly input: string } & Record<
    (typeof flavours)[number],
    { readonly layers: readonly [string, number, string][] }
  >)[];
}

const folder = process.env.INT8_GOLDEN;

if (folder === undefined) it.skip('networks of other programs: skipped, since INT8_GOLDEN names no folder of them', () => {});
else
  it.each(readdirSync(folder).filter((name) => name.endsWith('.tflite')))('%s gives the recorded numbers in every layer', (name) => {
    const path = join(folder, name);
    const graph = readTflite(readFileSync(path), name);
    const { cases } = JSON.parse(readFileSync(path.replace(/\.tflite$/, '.json'), 'utf8')) as Golden;
    for (const golden of cases)
      for (const flavour of flavours)
        expect(layersOf(graph, golden.input, flavour), flavour).toEqual(golden[flavour].layers.map(([, , crc]) => crc));
  });
