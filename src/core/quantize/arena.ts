/** Where a graph's tensors lie in one block of memory, so that tensors which are not needed at the same time share it. */
import { numbersIn } from '../ops/shape';
import { inputsOf, type Graph, type GraphTensor } from './graph';

export interface Arena {
  readonly bytes: number;
  /** Offset in bytes by the tensor's index; tensors that the graph does not use have none. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** A place in memory that is taken for a while. */
interface Living {
  /** The tensors that lie there: one, and its reshapes. */
  readonly indices: number[];
  readonly bytes: number;
  readonly from: number;
  until: number;
}

interface Placed {
  readonly living: Living;
  readonly offset: number;
}

/** So many places are tried for a plan without gaps. */
const MOST_TRIES = 20_000;

/**
 * A reshape's output lies where its input does, since the numbers are the same. The output of the graph lives until the end. The block
 * is as small as what lives at one time at most, unless no such plan is found soon; then the largest tensors get their places first.
 * @param step bytes that every place begins at a multiple of, and takes a multiple of
 */
export function planArena(graph: Graph<GraphTensor, unknown>, step = 1): Arena {
  const all = lifetimes(graph, { step, reshapesShare: true });
  return arenaOf(withoutGaps(all) ?? largestFirst(all));
}

/**
 * The plan that TensorFlow Lite Micro makes itself: the largest tensors get their places first, of equal ones the later, and reshapes are
 * copies. It may leave gaps, as for MobileNet. Source: tensorflow/lite/micro/memory_planner/greedy_memory_planner.cc.
 * @param step as for `planArena`
 */
export function planLargestFirst(graph: Graph<GraphTensor, unknown>, step = 1): Arena {
  return arenaOf(largestFirst(lifetimes(graph, { step, reshapesShare: false })));
}

const arenaOf = (placed: readonly Placed[]): Arena => ({
  bytes: Math.max(...placed.map(({ living: { bytes }, offset }) => offset + bytes)),
  offsets: new Map(placed.flatMap(({ living: { indices }, offset }) => indices.map((index) => [index, offset] as const))),
});

/** In the order of their beginnings. */
function lifetimes(
  { tensors, operations, input, output }: Graph<GraphTensor, unknown>,
  { step, reshapesShare }: { readonly step: number; readonly reshapesShare: boolean },
): Living[] {
  const living = new Map<number, Living>();
  const bytesOf = (index: number) => step * Math.ceil(numbersIn((tensors[index] as GraphTensor).shape) / step);
  const begin = (index: number, from: number) => living.set(index, { indices: [index], bytes: bytesOf(index), from, until: from });
  begin(input, -1);
  operations.forEach((operation, at) => {
    for (const index of inputsOf(operation)) (living.get(index) as Living).until = at;
    const same = reshapesShare && operation.kind === 'reshape' ? living.get(operation.input) : undefined;
    if (same) {
      same.indices.push(operation.output);
      living.set(operation.output, same);
    } else begin(operation.output, at);
  });
  (living.get(output) as Living).until = operations.length;
  return [...new Set(living.values())];
}

/** What is placed and lives at the same time, from the lowest place up. */
const beside = ({ from, until }: Living, placed: readonly Placed[]) =>
  placed.filter(({ living }) => living.from <= until && from <= living.until).toSorted((a, b) => a.offset - b.offset);

function largestFirst(all: readonly Living[]): Placed[] {
  const placed: Placed[] = [];
  for (const living of all.toSorted((a, b) => b.bytes - a.bytes || b.from - a.from)) {
    let offset = 0;
    for (const { living: other, offset: taken } of beside(living, placed)) {
      if (taken - offset >= living.bytes) break;
      offset = Math.max(offset, taken + other.bytes);
    }
    placed.push({ living, offset });
  }
  return placed;
}

/** One after the other, each at the ends of what lies there, going back where the block would grow. Null after too many tries. */
function withoutGaps(all: readonly Living[]): Placed[] | null {
  const bound = Math.max(
    ...all.map(({ from }) => all.filter((other) => other.from <= from && from <= other.until).reduce((sum, { bytes }) => sum + bytes, 0)),
  );
  let tries = 0;
  const place = (at: number, placed: readonly Placed[]): readonly Placed[] | null => {
    const living = all[at];
    if (!living) return placed;
    const others = beside(living, placed);
    const edges = others.flatMap(({ living: { bytes }, offset }) => [offset + bytes, offset - living.bytes]);
    for (const offset of new Set([0, ...edges, bound - living.bytes].toSorted((a, b) => a - b))) {
      if (offset < 0 || offset + living.bytes > bound) continue;
      if (others.some(({ living: { bytes }, offset: taken }) => offset < taken + bytes && taken < offset + living.bytes)) continue;
      if (++tries > MOST_TRIES) return null;
      const found = place(at + 1, [...placed, { living, offset }]);
      if (found) return found;
    }
    return null;
  };
  return place(0, []) as Placed[] | null;
}
