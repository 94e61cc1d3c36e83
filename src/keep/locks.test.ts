import { describe, expect, it } from 'vitest';
import { webLocks } from './locks';

interface Asked {
  readonly mode?: LockMode;
  readonly ifAvailable?: boolean;
}

/** The locks of one browser: it lets go some time after it was told to, and gives to those that wait in the order in which they asked. */
function browserLocks(): LockManager {
  const held: { name: string; mode: LockMode }[] = [];
  const waiting: (() => boolean)[] = [];
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));
  const request = (name: string, { mode = 'exclusive', ifAvailable = false }: Asked, use: (lock: object | null) => unknown) =>
    new Promise((resolve, reject) => {
      const lock = { name, mode };
      const attempt = () => {
        if (held.some((other) => other.name === name && (mode === 'exclusive' || other.mode === 'exclusive'))) return false;
        held.push(lock);
        Promise.resolve(use(lock))
          .finally(later)
          .finally(() => {
            held.splice(held.indexOf(lock), 1);
            while (waiting[0]?.()) waiting.shift();
          })
          .then(resolve, reject);
        return true;
      };
      if (attempt()) return;
      if (ifAvailable) resolve(use(null));
      else waiting.push(attempt);
    });
  return { request, query: () => later().then(() => ({ held: [...held] })) } as unknown as LockManager;
}

describe('locks of the browser', () => {
  it('give a run again at once to the thread that lets go of it, and to no other while it is held', async () => {
    const manager = browserLocks();
    const [page, other] = [webLocks(manager), webLocks(manager)];
    const release = await page.hold('a');
    expect(await other.hold('a')).toBeNull();
    release?.();
    expect(await page.hold('a')).not.toBeNull();
    expect(await other.hold('a')).toBeNull();
    expect(await other.hold('b')).not.toBeNull();
  });

  it('give a run to who asks for it while others hear that it is free', async () => {
    const manager = browserLocks();
    const [page, worker] = [webLocks(manager), webLocks(manager)];
    const release = await worker.hold('a');
    const freed = page.free('a');
    release?.();
    expect(await worker.hold('a')).not.toBeNull();
    await freed;
  });
});
