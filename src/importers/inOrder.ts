/** How many answers may be waited for: enough to keep a few cores busy, and few enough for the memory. */
const AT_ONCE = 32;

/**
 * Computes something for each item, several at a time, and gives the answers in the order of the items. An item is asked for only when there
 * is room for it, so that what depends on their order, such as random draws, does not depend on how fast answers come.
 */
export async function* inOrder<Item, Answer>(
  items: AsyncIterable<Item>,
  compute: (item: Item) => Promise<Answer>,
): AsyncGenerator<readonly [Item, Answer], void> {
  const waiting: Promise<readonly [Item, Answer]>[] = [];
  for await (const item of items) {
    const answer = compute(item).then((made) => [item, made] as const);
    // A failure is thrown when its turn comes.
    answer.catch(() => {});
    waiting.push(answer);
    if (waiting.length > AT_ONCE) yield await (waiting.shift() as (typeof waiting)[number]);
  }
  for (const answer of waiting) yield await answer;
}
