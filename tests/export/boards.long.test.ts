/** One of MLPerf Tiny's networks as C on emulated boards, where the compilers and emulators are here or can be installed. */
import { beforeAll, expect, it } from 'vitest';
import { Board } from '../../src/check/boards/board';
import { benchmarkGraph } from '../../src/check/boards/networks';
import { targets } from '../../src/check/boards/targets';
import { findTools } from '../../src/check/boards/tools';
import { useBackend } from '../support/backends';

const { usable, missing } = findTools(targets);
if (missing) it.skip(`boards: ${missing}`, () => {});

beforeAll(() => useBackend('wasm'));

it.each(usable)('$name computes the numbers of the reference', { timeout: 300_000 }, async (target) => {
  const graph = await benchmarkGraph('kws');
  const board = new Board(target);
  try {
    for (const rounding of ['double', 'single'] as const) {
      const { printed, bytes, layers } = board.run(graph, rounding);
      expect(printed).toBe('PASS');
      expect(bytes.arena).toBe(16_000);
      for (const { instructions } of layers) expect(instructions).toBeGreaterThan(0);
    }
  } finally {
    board.remove();
  }
});
