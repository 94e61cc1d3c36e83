import { describe, expect, it } from 'vitest';
import { MemoryPlan, NoRoom } from './memoryPlan';
import { tooLarge } from './room';

/** A megabyte for each example, and one beside. */
function planFor(batchSize: number): MemoryPlan {
  const plan = new MemoryPlan();
  plan.bytes((batchSize + 1) * 1e6);
  return plan;
}

describe('a batch that does not fit', () => {
  it('is told with the largest that does, where addresses end', () => {
    expect(() => planFor(5000).create(false)).toThrow(NoRoom);
    expect(tooLarge(5000, planFor, false).message).toBe(
      'A step of 5,000 examples needs 5.0 GB of memory, more than there is. Choose 4,293 examples per step, which fit, or fewer.',
    );
    expect(planFor(4293).isAddressable).toBe(true);
    expect(planFor(4294).isAddressable).toBe(false);
  });

  it('is told with one that does, where the machine has less memory', () => {
    const small = (batchSize: number) => ({ end: batchSize * 1e6, isAddressable: true, canBeMade: () => batchSize < 20 });
    expect(tooLarge(100, small, true).details).toEqual({ fits: 12 });
    const none = (batchSize: number) => ({ ...small(batchSize), canBeMade: () => false });
    expect(tooLarge(100, none, true).message).toMatch(/needs 0\.1 GB of memory, more than there is, and so would smaller ones/);
  });
});
