import { describe, expect, it } from 'vitest';
import { webLocks } from './locks';

/** Locks as a browser has them: it lets go some time after it was told to. */
function lateManager(): LockManager {
  const held = new Set<string>();
  const request = async (name: string, _options: unknown, use: (lock: object | null) => unknown) => {
    if (held.has(name)) return use(null);
    held.add(name);
    await use({});
    await new Promise((resolve) => setTimeout(resolve, 10));
    held.delete(name);
    return undefined;
  };
  return { request } as unknown as LockManager;
}

describe('locks of the browser', () => {
  it('give a run again at once to the thread that lets go of it, and to no other while it is held', async () => {
    const manager = lateManager();
    const [page, other] = [webLocks(manager), webLocks(manager)];
    const release = await page.hold('a');
    expect(await other.hold('a')).toBeNull();
    release?.();
    expect(await page.hold('a')).not.toBeNull();
    expect(await other.hold('a')).toBeNull();
    expect(await other.hold('b')).not.toBeNull();
  });
});
