/** The folder of prepared sets in this browser's private file system, which no person sees and which other pages cannot read. */
import { PreparedFolder, type PrivateDirectory } from './preparedFolder';

const NAME = 'prepared sets';

/** @returns null where there is none, as in private windows of some browsers and on pages without https */
export async function openBrowserFolder(): Promise<PreparedFolder | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle(NAME, { create: true });
    const free = async () => {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
    };
    return new PreparedFolder(directory as unknown as PrivateDirectory, { free, now: () => Date.now() });
  } catch {
    return null;
  }
}
