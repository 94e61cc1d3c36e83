/** The command that serves a class, under the load of a large one: as a process, over sockets, with its memory. */
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { ChangesAnswer, Joined } from '../../src/core/runs/pool/pooledRun';
import { newToken } from '../../src/cli/classroom/secrets';
import { tasks } from '../../src/core/tasks/index';
import { endCommands, start } from '../support/command';
import { sharedRun } from '../support/sharedRun';

const MEMBERS = 60;
const RUNS = 20;

afterEach(endCommands);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Over https, which takes more memory and time than plain http.
it('shows 60 members all of their 1,200 runs within 150 MB', { timeout: 120_000 }, async () => {
  const port = await freePort();
  const options = ['--max-semi-space-size=2', '--max-old-space-size=64', '--optimize-for-size'];
  const command = start('node', [...options, 'scripts/classroom.cjs', '--https', '--port', String(port)]);
  await command.line(/^Ctrl\+C/);
  const [, code] = /^Code: +(.+)$/m.exec(command.printed.stdout) ?? [];
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const ask = (path: string, token: string | null, method = 'GET', content?: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const headers = {
        'Content-Type': 'application/json',
        ...(token !== null && { Authorization: `Bearer ${token}`, 'Idempotency-Key': newToken() }),
      };
      const asked = request({ host: '127.0.0.1', port, path: `/pool${path}`, method, headers, agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.once('end', () => {
          if (answer.statusCode === 200 || answer.statusCode === 201) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        });
      });
      asked.once('error', reject);
      asked.end(content === undefined ? undefined : JSON.stringify(content));
    });
  const members = await Promise.all(
    Array.from({ length: MEMBERS }, async () => {
      const { token } = (await ask('/members', null, 'POST', { code })) as Joined;
      return { token, seen: new Set<number>(), after: 0 };
    }),
  );
  const delays: number[] = [];
  const given = new Map<number, number>();
  const began = performance.now();
  let sharing = true;

  const poll = async (member: (typeof members)[number]) => {
    for (let more = true; more;) {
      const answer = (await ask(`/runs?after=${member.after}`, member.token)) as ChangesAnswer;
      for (const { at } of answer.changes) member.seen.add(at);
      member.after = answer.changes.at(-1)?.at ?? member.after;
      more = answer.more;
    }
  };
  const watch = async (member: (typeof members)[number]) => {
    while (sharing) {
      await new Promise((resolve) => setTimeout(resolve, 3000 * Math.random() + 500));
      await poll(member);
    }
    await poll(member);
  };
  const share = async ({ token }: (typeof members)[number], index: number) => {
    for (let run = 0; run < RUNS; run++) {
      const asked = performance.now();
      const { run: number } = (await ask('/runs', token, 'POST', {
        ...sharedRun(tasks[(index + run) % tasks.length]),
        randomSeed: run,
      })) as { run: number };
      delays.push(performance.now() - asked);
      given.set(number, index);
    }
  };
  const watching = Promise.all(members.map(watch));
  await Promise.all(members.map(share));
  const seconds = (performance.now() - began) / 1000;
  sharing = false;
  await watching;

  expect(given.size).toBe(MEMBERS * RUNS);
  for (const { seen } of members) expect(seen.size).toBe(MEMBERS * RUNS);
  const sorted = delays.toSorted((a, b) => a - b);
  const status = `/proc/${command.process.pid}/status`;
  const peakMb = existsSync(status) ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024 : null;
  console.log({ seconds, medianMs: sorted[sorted.length / 2], slowestMs: sorted.at(-1), peakMb });
  if (peakMb !== null) expect(peakMb).toBeLessThan(150);
});
