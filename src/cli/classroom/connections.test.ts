import { Agent, request as send, type Server } from 'node:http';
import { Agent as SecureAgent, request as sendSecure } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { selfSigned } from './certificate';
import { serverOf } from './server';

const MOST = 60;

let server: Server;
let agent: Agent;
const others: Socket[] = [];
afterEach(() => {
  for (const socket of others.splice(0)) socket.destroy();
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

/** What somebody in the network may begin on a connection and not end, so that it stays open. */
const beginnings = {
  http: ['', 'GET /pool/runs HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{'],
  https: ['', '\u0016\u0003\u0001'],
};

it.each(['http', 'https'] as const)(
  'answers over %s while somebody holds all connections that there are, and takes more',
  async (scheme) => {
    const secure = scheme === 'https';
    const certificate = secure ? await selfSigned(['127.0.0.1'], Date.now()) : null;
    // Who is slow is not ended for that within this test.
    const patience = { headers: 60_000, request: 60_000, idle: 60_000, connections: MOST };
    server = serverOf((request, response) => void request.resume().once('end', () => response.end('answered')), certificate, patience);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    agent = secure ? new SecureAgent({ keepAlive: true, ca: certificate?.cert }) : new Agent({ keepAlive: true });
    const member = () =>
      new Promise<{ port: number | undefined; ms: number }>((resolve, reject) => {
        const began = performance.now();
        const asked = (secure ? sendSecure : send)({ host: '127.0.0.1', port, agent }, (response) => {
          const { localPort } = response.socket;
          response.resume().once('end', () => resolve({ port: localPort, ms: performance.now() - began }));
        });
        asked.once('error', reject);
        asked.end();
      });
    let taken = 0;
    server.on('connection', () => (taken += 1));
    const hold = async (count: number) => {
      const before = taken;
      for (let at = 0; at < count; at++) {
        const socket = connect(port, '127.0.0.1');
        others.push(socket.resume().on('error', () => {}));
        socket.write(beginnings[scheme][at % beginnings[scheme].length] as string);
      }
      await vi.waitFor(() => expect(taken - before).toBe(count));
    };

    await hold(MOST);
    const first = await member();
    await hold(MOST - 20);
    const again = await member();
    await hold(30);
    const last = await member();
    // Asking again and again keeps the member's connection, which is older by now than most.
    expect([again.port, last.port]).toEqual([first.port, first.port]);
    for (const { ms } of [first, again, last]) expect(ms).toBeLessThan(5000);
    const connections = await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    expect(connections).toBe(MOST);
  },
);
