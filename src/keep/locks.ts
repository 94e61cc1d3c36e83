/** Which runs are held: one thread at a time may write a run. The browser lets go of a run when the page that holds it ends. */

export interface RunLocks {
  /** @returns how to let go of the run; null when another thread holds it */
  hold(id: string): Promise<(() => void) | null>;
  /** Ids of all runs that some thread holds. */
  held(): Promise<ReadonlySet<string>>;
  /** Resolves once nobody holds the run. */
  free(id: string): Promise<void>;
}

const PREFIX = 'nas-workbench run ';

/** Locks of the browser. @param manager undefined where the page is not served securely, and nothing is locked */
export function webLocks(manager: LockManager | undefined): RunLocks {
  if (!manager) return { hold: () => Promise.resolve(() => {}), held: () => Promise.resolve(new Set()), free: () => Promise.resolve() };
  // The browser lets go a little after it was told to, and meanwhile this thread would take its own lock for that of another.
  const ending = new Map<string, Promise<unknown>>();
  const taken = (id: string) =>
    new Promise<(() => void) | null>((resolve, reject) => {
      const ended: Promise<unknown> = manager.request(PREFIX + id, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return null;
        }
        return new Promise<void>((release) =>
          resolve(() => {
            ending.set(
              id,
              ended.finally(() => ending.delete(id)),
            );
            release();
          }),
        );
      });
      ended.catch(reject);
    });
  return {
    async hold(id) {
      await ending.get(id);
      for (;;) {
        const release = await taken(id);
        if (release) return release;
        const { held = [] } = await manager.query();
        // Those that waited for it to be free share it for a moment.
        if (held.some(({ name, mode }) => name === PREFIX + id && mode === 'exclusive')) return null;
      }
    },
    async held() {
      const { held = [] } = await manager.query();
      return new Set(held.flatMap(({ name = '' }) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
    },
    free: (id) => manager.request(PREFIX + id, { mode: 'shared' }, () => {}) as Promise<void>,
  };
}
