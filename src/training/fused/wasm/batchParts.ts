/**
 * Divides a batch so that sums over it do not depend on the number of threads. The batch has the same parts for any number of
 * threads, and each thread takes some of them. Each part is summed by itself; then the parts of each half are added from first to
 * last, then the halves. Halves let one thread or two accumulate as they go, with at most two shares of every gradient in memory.
 */

/** Enough parts to keep this many threads busy. More parts cost speed, since each transforms the gradients of kernels by itself. */
const MOST_PARTS = 8;

export interface BatchPart {
  /** Its first example, and the first one after it. */
  readonly first: number;
  readonly end: number;
  /** The share of a gradient that the part belongs to, and whether it adds to the previous part's numbers there. */
  readonly share: number;
  readonly joins: boolean;
}

export interface BatchParts {
  readonly parts: readonly BatchPart[];
  /** Number of shares of a gradient, and how many of them belong to the first half. */
  readonly shares: number;
  readonly firstHalf: number;
}

/**
 * The fewest threads, at most `threads`, that finish a batch as fast: with eight parts, five threads take as long as four, since
 * one has two parts.
 */
export function busyThreads(batchSize: number, threads: number): number {
  const parts = partCount(batchSize);
  return Math.ceil(parts / Math.ceil(parts / threads));
}

/** @param threads at most the number of parts */
export function batchParts(batchSize: number, threads: number): BatchParts {
  const count = partCount(batchSize);
  const half = Math.ceil(count / 2);
  const firstPart = (thread: number) => Math.floor((count * thread) / threads);
  const firstPicture = (part: number) => Math.floor((batchSize * part) / count);
  const begins = new Set(Array.from({ length: threads }, (_, thread) => firstPart(thread)));
  const parts: BatchPart[] = [];
  let share = -1;
  let joins = false;
  for (let part = 0; part < count; part++) {
    // Only the thread that has summed a half so far can add to its sum; parts of other threads get shares of their own.
    const beginsHalf = part === 0 || part === half;
    joins = !beginsHalf && !begins.has(part) && (joins || part - 1 === 0 || part - 1 === half);
    if (!joins) share++;
    parts.push({ first: firstPicture(part), end: firstPicture(part + 1), share, joins });
  }
  return { parts, shares: share + 1, firstHalf: (parts[half - 1] as BatchPart).share + 1 };
}

const partCount = (batchSize: number) => Math.min(MOST_PARTS, batchSize);
