/** Asks the hub whether files are still those that were read before, without fetching them. */
import { assertGiven, persist, plainRequest, type Hub } from './hub';
import type { HubFileEntry } from './listing';

/** So many requests are under way at a time. */
const AT_A_TIME = 4;

/**
 * What tells each file from any other that was or will be in its place (its entity tag); null where its server does not say.
 * @param what the files are of, in messages
 * @throws WorkbenchError `invalid-data` for a file that is not given
 */
export async function fileTags(
  hub: Hub,
  entries: readonly HubFileEntry[],
  what: string,
  signal: AbortSignal,
): Promise<readonly (string | null)[]> {
  const tags: (string | null)[] = [];
  let next = 0;
  const work = async () => {
    while (next < entries.length) {
      const index = next++;
      const { path } = entries[index] as HubFileEntry;
      await persist(hub, what, signal, async (attempt) => {
        const response = await hub.fetch(`${hub.files}${path}`, { ...plainRequest, headers: { Range: 'bytes=0-0' }, signal: attempt });
        await assertGiven(response, what);
        tags[index] = response.headers.get('etag');
        await response.body?.cancel();
        return true;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return tags;
}
