import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of prepared sets where no option names another. */
export const usualCache = (): string => cacheFolder(process.platform, process.env, homedir());

/**
 * Where this person's programs keep what they can make again: `XDG_CACHE_HOME` or `~/.cache`, `LOCALAPPDATA` on Windows, `~/Library/Caches` on
 * macOS. Source: XDG Base Directory Specification 0.8, which has relative paths ignored.
 */
export function cacheFolder(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  const parent =
    platform === 'win32'
      ? local || join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : xdg?.startsWith('/')
          ? xdg
          : join(home, '.cache');
  return join(parent, 'nas-workbench');
}
