/**
 * The reference against networks of other programs, layer by layer. INT8_GOLDEN names a folder of .tflite files, each with a JSON
 * file of its name: cases of an input and a CRC-32 of every operation's output in two flavours.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { crc32 } from '../../../tests/support/crc32';
import { runQuantized } from '../../core/quantize/run';
import { readTflite } from './read';

interface Golden {
  readonly cases: readonly ({ readonly input: string } & Record<
    'double' | 'float32',
    { readonly layers: readonly [string, number, string][] }
  >)[];
}

const folder = process.env.INT8_GOLDEN;
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.tflite'));

if (folder === undefined) it.skip('foreign networks: skipped, since INT8_GOLDEN names no folder of them', () => {});

it.each(files)('%s gives the recorded numbers in every layer', (name) => {
  const path = join(folder as string, name);
  const graph = readTflite(readFileSync(path), name);
  const { cases } = JSON.parse(readFileSync(path.replace(/\.tflite$/, '.json'), 'utf8')) as Golden;
  for (const golden of cases)
    for (const flavour of ['double', 'float32'] as const) {
      const layers: string[] = [];
      runQuantized(graph, new Int8Array(Buffer.from(golden.input, 'base64')), flavour, (_operation, values) => layers.push(crc32(values)));
      expect(layers, flavour).toEqual(golden[flavour].layers.map(([, , crc]) => crc));
    }
});
