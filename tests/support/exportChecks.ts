/** Compares what exported files compute with the reference, number for number. */
import { expect } from 'vitest';
import { runQuantized } from '../../src/core/quantize/run';
import { inputsOf, pictureOf, tensorAt, type QuantizedGraph } from '../../src/core/quantize/graph';
import { kernelFor } from '../../src/core/quantize/kernels/index';
import { writeOnnx } from '../../src/exporters/onnx/write';
import { channelsFirst, channelsLast, runOnnx } from './onnxRuntime';
import type { Flavour } from '../../src/core/quantize/fixedPoint';
import { createRandom, type Random } from '../../src/core/random';
import { lowerPadding } from '../../src/exporters/tflite/padding';
import { readTflite } from '../../src/exporters/tflite/read';
import { writeTflite } from '../../src/exporters/tflite/write';
import { runLiteRt } from './litert';
import { int8Input, networkOf, quantizedNetwork } from './quantized';

/** A space's networks as int8, each with inputs. @param rounds how many networks */
export async function eachNetwork(
  space: string,
  seed: number,
  rounds: number,
  check: (graph: QuantizedGraph, inputs: readonly Int8Array[], random: Random) => Promise<void>,
): Promise<void> {
  const random = createRandom(seed, space);
  for (let round = 0; round < rounds; round++) {
    const graph = await quantizedNetwork(networkOf(space, random), random);
    await check(graph, [int8Input(graph, random), int8Input(graph, random)], random);
  }
}

/** Every operation's output, in order. */
export function everyOutput(graph: QuantizedGraph, input: Int8Array, flavour: Flavour): Int8Array[] {
  const outputs: Int8Array[] = [];
  runQuantized(graph, input, flavour, (_operation, values) => outputs.push(values));
  return outputs;
}

/** Both ways to write paddings, all layers; and a file that is read gives its own bytes again. @returns the ways that were needed */
export async function checkTflite(graph: QuantizedGraph, inputs: readonly Int8Array[]): Promise<string[]> {
  const used: string[] = [];
  for (const ramBytes of [Infinity, 0]) {
    const { graph: lowered, rewritten } = lowerPadding(graph, ramBytes);
    used.push(...rewritten.map(({ by }) => by));
    const found = await runLiteRt(writeTflite(lowered, { description: 'all', everyOutput: true }), inputs);
    inputs.forEach((input, at) => {
      expect(found[at]).toEqual(everyOutput(lowered, input, 'float32'));
      expect(found[at]?.at(-1)).toEqual(runQuantized(graph, input, 'float32'));
    });
    const file = writeTflite(lowered, { description: 'one' });
    expect(writeTflite(readTflite(file, 'one'), { description: 'one' })).toEqual(file);
    // Without a PAD or a larger kernel there is nothing else to compare.
    if (rewritten.length === 0) break;
  }
  return used;
}

/** How far a runtime is from the reference. */
export interface Differences {
  values: number;
  differ: number;
  most: number;
}

/**
 * Layer by layer: what a runtime makes of its own earlier layers is compared with what the reference makes of the same numbers, so that
 * one step in a layer does not count in all later ones. ONNX Runtime adds, pools and takes exponentials in floats.
 */
export async function checkOnnx(graph: QuantizedGraph, inputs: readonly Int8Array[], found: Differences): Promise<void> {
  const from = tensorAt(graph, graph.input);
  const [height, width, channels] = pictureOf(from);
  const shape = from.shape.length === 3 ? [1, channels, height, width] : [1, channels];
  const file = writeOnnx(graph, { description: 'all', everyOutput: true });
  const runs = await runOnnx(
    file,
    inputs.map((input) => channelsFirst(input, from)),
    shape,
  );
  inputs.forEach((input, at) => {
    const values = new Map([[graph.input, input]]);
    graph.operations.forEach((operation, index) => {
      const to = tensorAt(graph, operation.output);
      const read = inputsOf(operation);
      const expected = kernelFor(operation.kind)(
        operation,
        read.map((one) => values.get(one) as Int8Array),
        read.map((one) => tensorAt(graph, one)),
        to,
        'float32',
      );
      const made = channelsLast(runs[at]?.[index] as Int8Array, to);
      values.set(operation.output, made);
      made.forEach((value, place) => {
        const difference = Math.abs(value - (expected[place] as number));
        found.values++;
        if (difference > 0) found.differ++;
        found.most = Math.max(found.most, difference);
      });
    });
  });
}
