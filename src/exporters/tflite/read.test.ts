import { expect, it } from 'vitest';
import { goldenNetworks } from '../../../tests/support/goldenInt8';
import { goldenFloats } from '../../../tests/support/goldenFloat';
import { mutated } from '../../../tests/support/mutations';
import { WorkbenchError } from '../../core/errors';
import { planArena } from '../../core/quantize/arena';
import type { QuantizedGraph, QuantizedOperation } from '../../core/quantize/graph';
import { readNetwork, readTflite } from './read';
import { writeTflite } from './write';

const files = goldenNetworks.map(({ file }) => new Uint8Array(Buffer.from(file, 'base64')));
const [first] = files as [Uint8Array];
const graph = readTflite(first, 'first');
/** Without a plan of its memory, which graphs that cannot be computed have none of. */
const written = (changed: Partial<QuantizedGraph>) => writeTflite({ ...graph, ...changed }, { description: '', everyOutput: true });

it('refuses what is no TFLite file, or none that it can compute, by the file’s name', () => {
  expect(() => readTflite(new Uint8Array(3), 'a.tflite')).toThrow('a.tflite cannot be read as a TFLite network: it is no TFLite file.');
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
  const [float] = goldenFloats as [(typeof goldenFloats)[number]];
  expect(() => readTflite(float.file, 'c')).toThrow(/^c cannot .* holds float32 numbers in a network of int8 numbers\. Convert it/);
});

it('ends in an error of its own for damaged files, or in a graph that fits in memory', () => {
  let [refused, slowest] = [0, 0];
  const all = [...files, ...goldenFloats.map(({ file }) => file)];
  for (let number = 0; number < 5000; number++) {
    const damaged = mutated(all[number % all.length] as Uint8Array, number);
    const start = performance.now();
    try {
      planArena(readNetwork(damaged, 'damaged').graph);
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw new Error(`mutation ${number}`, { cause: error });
      refused++;
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  // Otherwise the damage would be too small or too great to test anything.
  expect(refused).toBeGreaterThan(500);
  expect(refused).toBeLessThan(4800);
  expect(slowest).toBeLessThan(5000);
});
