import type { WriteStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { shapeDataset } from '../core/data/shapes';
import { ProgressLine } from './progressLine';

describe('warnings on the command line', () => {
  it('stand on a line each on stderr, before the first step', () => {
    const written: string[] = [];
    const stream = { isTTY: false, write: (text: string) => written.push(text) } as unknown as WriteStream;
    const line = new ProgressLine(stream, { name: 'wasm', picked: true, passedOver: [] }, shapeDataset(0, 0));
    line.add({ kind: 'started', phases: [], seedCosts: {}, warnings: ['Few pictures.', 'One class.'] });
    expect(written.slice(1)).toEqual(['warning: Few pictures.\n', 'warning: One class.\n']);
  });
});
