/** A certificate that this machine makes for itself, for a class that wants graphics cards and threads. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';
import type { Certificate } from './server';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @param hosts names and addresses that it is for
 * @param now milliseconds since 1970
 * @returns a certificate for a week, with a key that is in memory alone
 */
export async function selfSigned(hosts: readonly string[], now: number): Promise<Certificate & { readonly fingerprint: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'NAS Workbench classroom' }], {
    keyType: 'ec',
    // Clocks of a class differ.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + 7 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) === 0 ? { type: 2 as const, value: host } : { type: 7 as const, ip: host })),
      },
    ],
  });
  return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
}
