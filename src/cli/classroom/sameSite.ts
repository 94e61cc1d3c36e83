/** Whether a request comes from a page of this server, and was sent to a name that is this server's. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { Refused } from './refused';

/**
 * Refuses names of others: a site whose name is pointed at this machine would be of one origin with the page (DNS rebinding). An
 * address cannot be pointed elsewhere.
 * @param host the header
 * @param names under which the server is known, in lower case
 * @throws Refused for every other name
 */
export function assertKnownHost(host: string | undefined, names: ReadonlySet<string>): void {
  const name = nameOf(host);
  if (name === null || (isIP(name) === 0 && !names.has(name)))
    throw new Refused('other-site', 'The class is not under this name. Use its address, or start it with --name and the name.');
}

/**
 * Refuses what pages of other sites send. Browsers tell the site with `Sec-Fetch-Site` on secure pages alone, and `Origin` with
 * everything that is no plain GET; programs that are no browsers send neither, and carry no one's token.
 * @throws Refused for a request of another site
 */
export function assertOwnPage(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  const own = site === undefined || site === 'same-origin';
  if (!own || (headers.origin !== undefined && hostOf(headers.origin) !== headers.host?.toLowerCase()))
    throw new Refused('other-site', 'Only the page of the class may ask this.');
}

/** The names of this machine: its own and that in a local network. */
export function namesOfMachine(name = hostname().toLowerCase()): string[] {
  return ['localhost', name, `${name.split('.')[0]}.local`];
}

/** A host without its port and brackets, in lower case; null where there is none. */
function nameOf(host: string | undefined): string | null {
  try {
    return host === undefined ? null : new URL(`http://${host}`).hostname.replace(/^\[(.*)\]$/, '$1');
  } catch {
    return null;
  }
}

function hostOf(origin: string): string | null {
  try {
    const { host, protocol } = new URL(origin);
    return protocol === 'http:' || protocol === 'https:' ? host : null;
  } catch {
    return null;
  }
}
