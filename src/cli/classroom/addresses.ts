import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** IPv4 addresses under which other machines of the network may reach this one; without those that a machine gives itself. */
export function networkAddresses(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): string[] {
  return Object.values(interfaces)
    .flatMap((found) => found ?? [])
    .filter(({ address, internal }) => !internal && isIPv4(address) && !address.startsWith('169.254.'))
    .map(({ address }) => address);
}
