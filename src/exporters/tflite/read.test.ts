import { expect, it } from 'vitest';
import { goldenNetworks } from '../../../tests/support/goldenInt8';
import { WorkbenchError } from '../../core/errors';
import { createRandom } from '../../core/random';
import type { QuantizedGraph, QuantizedOperation } from '../../core/quantize/graph';
import { readTflite } from './read';
import { writeTflite } from './write';

const files = goldenNetworks.map(({ file }) => new Uint8Array(Buffer.from(file, 'base64')));
const [first] = files as [Uint8Array];
const graph = readTflite(first, 'first');
const written = (changed: Partial<QuantizedGraph>) => writeTflite({ ...graph, ...changed }, { description: '' });

it('refuses what is no TFLite file, or none that it can compute, by the file’s name', () => {
  expect(() => readTflite(new Uint8Array(3), 'a.tflite')).toThrow(
    'a.tflite cannot be read as an int8 TFLite network: it is no TFLite file.',
  );
  expect(() => readTflite(first.subarray(0, 2000), 'a.tflite')).toThrow(/it is damaged, since/);
  const add: QuantizedOperation = { kind: 'add', inputs: [graph.input, graph.input], output: graph.output, activation: 'none' };
  expect(() => readTflite(written({ operations: [add] }), 'b')).toThrow(/^b cannot be read .* add cannot make/);
  const early: QuantizedOperation = { ...add, inputs: [graph.input, graph.output] };
  const same = graph.tensors.map((tensor) => ({ ...tensor, shape: [2, 2, 2] }));
  expect(() => readTflite(written({ tensors: same, operations: [early] }), 'b')).toThrow('before it is computed');
  const scaled = graph.tensors.map((tensor, index) => (index === graph.output ? { ...tensor, scale: tensor.scale * 2 } : tensor));
  const reshape: QuantizedOperation = { kind: 'reshape', input: graph.input, output: graph.output };
  expect(() => readTflite(written({ tensors: scaled, operations: [reshape] }), 'b')).toThrow('a RESHAPE changes the scale');
  const softmax: QuantizedOperation = { kind: 'softmax', input: graph.input, output: graph.output, beta: 1 };
  expect(() => readTflite(written({ operations: [softmax] }), 'b')).toThrow('another scale than 1/256');
});

it('ends in an error of its own for files with changed bytes, or reads them', () => {
  const random = createRandom(6, 'damage');
  let refused = 0;
  for (let round = 0; round < 400; round++) {
    const damaged = (files[round % files.length] as Uint8Array).slice();
    for (let change = 0; change <= random.integer(4); change++) damaged[random.integer(damaged.length)] = random.integer(256);
    try {
      readTflite(damaged, 'damaged');
    } catch (error) {
      expect(error).toBeInstanceOf(WorkbenchError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(50);
});
