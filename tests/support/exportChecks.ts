/** Compares what exported files compute with the reference, number for number. */
import { expect } from 'vitest';
import { runQuantized } from '../../src/core/quantize/run';
import type { QuantizedGraph } from '../../src/core/quantize/graph';
import type { Flavour } from '../../src/core/quantize/fixedPoint';
import { createRandom, type Random } from '../../src/core/random';
import { lowerPadding } from '../../src/exporters/tflite/padding';
import { readTflite } from '../../src/exporters/tflite/read';
import { writeTflite } from '../../src/exporters/tflite/write';
import { runLiteRt } from '../../src/check/litert';
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
