import { expect, it } from 'vitest';
import type { Edges, QuantizedGraph, QuantizedOperation } from '../../core/quantize/graph';
import { memoryPlan, PLAN_NAME } from './memoryPlan';
import * as s from './schema';
import { Table } from './table';
import { writeTflite } from './write';

const none: Edges = [
  [0, 0],
  [0, 0],
];

/** Sizes of 48, 32, 32, 64 and 16 B, in the proportions of MobileNet's first layers. */
function narrowing(): QuantizedGraph {
  const pool = (input: number, height: number): QuantizedOperation => ({
    ...{ kind: 'maxPool', input, output: input + 1, activation: 'none' },
    ...{ kernel: [height, 1], stride: [1, 1], padding: none },
  });
  const grown: Edges = [
    [1, 1],
    [0, 0],
  ];
  return {
    tensors: [3, 2, 2, 4, 1].map((height) => ({ name: `of ${height}`, shape: [height, 1, 16], scale: 1, zeroPoint: 0 })),
    operations: [pool(0, 2), pool(1, 1), { kind: 'pad', input: 2, output: 3, padding: grown }, pool(3, 4)],
    input: 0,
    output: 4,
  };
}

/** The numbers of the plan in a file; null without one. */
function planIn(file: Uint8Array): number[] | null {
  const model = Table.root(file);
  const found = model.tables(s.model.metadata).find((metadata) => metadata.text(s.metadata.name) === PLAN_NAME);
  const buffer = found && model.tables(s.model.buffers)[found.int(s.metadata.buffer)];
  return buffer ? [...new Int32Array(buffer.bytes(s.buffer.data).buffer)] : null;
}

it('gives TensorFlow Lite Micro a plan where its own would take more', () => {
  const graph = narrowing();
  const { bytes, offsets } = memoryPlan(graph);
  // Its own plan has the tensor of 64 B first, and then no room beside the input for both of 32 B: 128 B.
  expect(bytes).toBe(96);
  const [version, subgraphs, count, ...places] = planIn(writeTflite(graph, { description: '' })) as number[];
  // Behind the tensors that are computed comes one constant, how much the PAD adds.
  expect([version, subgraphs, count, places.at(-1)]).toEqual([1, 1, 6, -1]);
  expect(places.slice(0, -1)).toEqual([0, 1, 2, 3, 4].map((index) => offsets?.get(index)));
});

it('leaves the plan to it otherwise, and counts places in steps of 16 B', () => {
  const graph: QuantizedGraph = { ...narrowing(), operations: narrowing().operations.slice(0, 1), output: 1 };
  expect(memoryPlan(graph)).toEqual({ bytes: 80, offsets: null });
  expect(planIn(writeTflite(graph, { description: '' }))).toBeNull();
  const odd = { ...graph, tensors: graph.tensors.map((tensor) => ({ ...tensor, shape: [tensor.shape[0] as number, 1, 15] })) };
  expect(memoryPlan(odd).bytes).toBe(48 + 32);
});
