import { X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { networkAddresses } from './addresses';
import { selfSigned } from './certificate';
import { serverOf } from './server';

it('is for the names and addresses of the class, and serves https', async () => {
  const { cert, key, fingerprint } = await selfSigned(['localhost', 'class.school', '127.0.0.1'], Date.now());
  const read = new X509Certificate(cert);
  expect(read.subjectAltName).toBe('DNS:localhost, DNS:class.school, IP Address:127.0.0.1');
  expect([read.ca, Math.round((Date.parse(read.validTo) - Date.parse(read.validFrom)) / 86_400_000)]).toEqual([false, 8]);
  expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);

  const server = serverOf((_, response) => response.end('answered'), { cert, key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const text = await new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, ca: cert, agent: false }, (response) =>
      response.once('data', (piece: Buffer) => resolve(piece.toString())),
    );
    request.once('error', reject);
  });
  server.close();
  expect(text).toBe('answered');
});

it('names the addresses that others can reach', () => {
  const of = (address: string, internal = false) => ({ address, internal }) as never;
  expect(networkAddresses({ lo: [of('127.0.0.1', true)], eth0: [of('192.168.1.5'), of('fe80::1')], wlan0: [of('169.254.3.4')] })).toEqual([
    '192.168.1.5',
  ]);
});
