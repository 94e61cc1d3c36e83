import { describe, expect, it } from 'vitest';
import { NoRoom, tooLarge } from './room';
import { MemoryPlan } from './wasm/memoryPlan';

/** A megabyte for each example, and one beside. */
function planFor(batchSize: number): MemoryPlan {
  const plan = new MemoryPlan();
  plan.bytes((batchSize + 1) * 1e6);
  return plan;
}

describe('a batch that does not fit', () => {
  const roomFor = (batchSize: number) => planFor(batchSize).room(false);

  it('is told with the largest that does, where addresses end', async () => {
    expect(() => planFor(5000).create(false)).toThrow(NoRoom);
    expect((await tooLarge(5000, roomFor, 'processor')).message).toBe(
      'A step of 5,000 examples needs 5.0 GB of memory, more than there is. Choose 4,293 examples per step, which fit, or fewer.',
    );
    expect(roomFor(4293).isAddressable).toBe(true);
    expect(roomFor(4294).isAddressable).toBe(false);
  });

  it('is told with one that does, where the machine has less memory', async () => {
    const small = (batchSize: number) => ({ bytes: batchSize * 1e6, isAddressable: true, canBeMade: () => batchSize < 20 });
    expect((await tooLarge(100, small, 'processor')).details).toEqual({ fits: 12 });
    const none = (batchSize: number) => ({ ...small(batchSize), canBeMade: () => Promise.resolve(false) });
    expect((await tooLarge(100, none, 'device')).message).toMatch(
      /needs 0\.1 GB of memory, more than the graphics device gives, and so would smaller ones/,
    );
  });
});
