/**
 * How a batch is cut so that sums over it do not depend on the number of threads: into parts, the same for any number, of which
 * each thread takes some. A part is summed by itself; the sums of each half's parts are added up from its first to its last part,
 * then those of the halves. Halves let one thread or two add up as they go, with no more than two shares of every gradient in memory.
 */

/** As many threads find work. More parts cost speed: each of them transforms the gradients of kernels by itself. */
const MOST_PARTS = 8;

export interface BatchPart {
  /** Its first picture, and the first one behind it. */
  readonly first: number;
  readonly end: number;
  /** Which share of a gradient it goes into, and whether it is added to what the part before it has left there. */
  readonly share: number;
  readonly joins: boolean;
}

export interface BatchParts {
  readonly parts: readonly BatchPart[];
  /** Shares of a gradient, and how many of them come from the first half. */
  readonly shares: number;
  readonly firstHalf: number;
}

/** The fewest threads, at most this many, that are done with a batch as soon: of eight parts, five threads leave one two, as four do. */
export function busyThreads(batchSize: number, threads: number): number {
  const parts = partCount(batchSize);
  return Math.ceil(parts / Math.ceil(parts / threads));
}

/** @param threads at most as many as there are parts */
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
    // Only the thread that has summed a half so far can go on with it; the parts of others wait for their turn.
    const beginsHalf = part === 0 || part === half;
    joins = !beginsHalf && !begins.has(part) && (joins || part - 1 === 0 || part - 1 === half);
    if (!joins) share++;
    parts.push({ first: firstPicture(part), end: firstPicture(part + 1), share, joins });
  }
  return { parts, shares: share + 1, firstHalf: (parts[half - 1] as BatchPart).share + 1 };
}

const partCount = (batchSize: number) => Math.min(MOST_PARTS, batchSize);
