/** A class over real sockets, and what it answers to strangers and to members who mean it ill. */
import { request as send, type OutgoingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangesAnswer, ClassAnswer, Joined } from '../../core/runs/pool/pooledRun';
import { sharedRun } from '../../../tests/support/sharedRun';
import { Pool } from './pool';
import { answerWith } from './poolRequests';
import { newToken } from './secrets';
import { serverOf } from './server';

let pool: Pool;
let server: Server;
let port: number;

beforeEach(async () => {
  pool = new Pool(() => 0);
  const page = answerWith({
    pool,
    names: new Set(['localhost', 'class.school']),
    addresses: ['http://192.168.1.5:4173/'],
    page: (_, response) => response.end('page'),
  });
  server = serverOf(page, null, { headers: 200, request: 400, idle: 1000, connections: 100 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Answered {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly text: string;
}

/** As any program may ask: with every header that it likes. */
function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}, body?: string | readonly string[]): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.once('error', reject);
    for (const piece of typeof body === 'string' ? [body] : (body ?? [])) request.write(piece);
    request.end();
  });
}

const json = { 'Content-Type': 'application/json' };
/** Of a member's page, with another key each time. */
const bearer = (token: string) => ({ Authorization: `Bearer ${token}`, 'Idempotency-Key': newToken() });
const post = (path: string, content: unknown, headers: OutgoingHttpHeaders = {}) =>
  ask('POST', path, { ...json, ...headers }, JSON.stringify(content));
async function joined(): Promise<Joined> {
  return JSON.parse((await post('/pool/members', { code: pool.code })).text) as Joined;
}

describe('a class over http', () => {
  it('takes members, shows all runs to all, and is led by the teacher', async () => {
    const [one, other] = [await joined(), await joined()];
    expect((await post('/pool/runs', sharedRun(), bearer(one.token))).status).toBe(201);
    const read = async (after: number) =>
      JSON.parse((await ask('GET', `/pool/runs?after=${after}`, bearer(other.token))).text) as ChangesAnswer;
    const { changes, open, more } = await read(0);
    expect([open, more]).toEqual([true, false]);
    expect(changes).toMatchObject([{ at: 1, member: 1, run: { quality: 0.75, costs: { params: 77_466 } } }]);
    expect(await read(1)).toMatchObject({ changes: [] });

    const { token } = JSON.parse((await post('/pool/teachers', { code: pool.key })).text) as { token: string };
    const overview = JSON.parse((await ask('GET', '/pool/class', bearer(token))).text) as ClassAnswer;
    expect(overview).toMatchObject({ code: pool.code, addresses: ['http://192.168.1.5:4173/'], open: true });
    expect(overview.members).toEqual([
      { member: 1, runs: 1, here: true },
      { member: 2, runs: 0, here: true },
    ]);
    expect((await ask('PUT', '/pool/class', { ...json, ...bearer(token) }, '{"open":false}')).status).toBe(204);
    expect((await post('/pool/runs', sharedRun(), bearer(other.token))).status).toBe(409);
    expect((await ask('DELETE', '/pool/runs', bearer(token))).status).toBe(204);
    expect(await read(1)).toMatchObject({ open: false, changes: [{ cleared: true }] });
    expect((await ask('DELETE', '/pool/members/1', bearer(token))).status).toBe(204);
    expect((await ask('GET', '/pool/runs', bearer(one.token))).status).toBe(401);
  });

  it('serves the page, and says in its address that there is a class', async () => {
    expect(await ask('GET', '/')).toMatchObject({ status: 302, headers: { location: '/?class' } });
    expect(await ask('GET', '/?class')).toMatchObject({ status: 200, text: 'page' });
    expect(await ask('GET', '/poolside.js')).toMatchObject({ status: 200, text: 'page' });
  });

  it('tells strangers nothing but whether it is open', async () => {
    expect(await ask('GET', '/pool')).toMatchObject({ status: 200, text: '{"open":true}' });
    for (const [method, path] of [
      ['GET', '/pool/runs'],
      ['GET', '/pool/class'],
      ['DELETE', '/pool/runs'],
      ['DELETE', '/pool/runs/1'],
    ] as const)
      for (const headers of [{}, bearer(pool.key), bearer('0'.repeat(32)), { Authorization: 'Basic eDp5' }])
        expect((await ask(method, path, headers)).status).toBe(401);
    expect((await post('/pool/members', { code: 'AAAA-AAAA' })).status).toBe(403);
    expect((await post('/pool/teachers', { code: pool.code })).status).toBe(403);
    expect((await ask('GET', `/pool/class?token=${pool.key}`)).status).toBe(401);
  });

  it('refuses codes, right ones too, after 120 tries within a minute', async () => {
    for (let tried = 0; tried < 120; tried++) await post('/pool/members', { code: `AAAA-${tried}` });
    const { status, headers } = await post('/pool/members', { code: pool.code });
    expect([status, headers['retry-after']]).toEqual([429, '60']);
  });

  it('lets nobody but its member and the teacher remove a run', async () => {
    const [one, other] = [await joined(), await joined()];
    await post('/pool/runs', sharedRun(), bearer(one.token));
    for (const [method, path] of [
      ['DELETE', '/pool/runs/1'],
      ['DELETE', '/pool/runs'],
      ['DELETE', '/pool/members/1'],
      ['GET', '/pool/class'],
    ] as const)
      expect((await ask(method, path, bearer(other.token))).status).toBe(403);
    for (const method of ['PUT', 'PATCH', 'POST'])
      expect((await ask(method, '/pool/runs/1', { ...json, ...bearer(one.token) }, '{}')).status).toBe(404);
    expect((await ask('DELETE', '/pool/runs/1', bearer(one.token))).status).toBe(204);
  });

  it('refuses floods of one member and serves the others', async () => {
    const [one, other] = [await joined(), await joined()];
    const answers = await Promise.all(Array.from({ length: 25 }, () => post('/pool/runs', sharedRun(), bearer(one.token))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
    expect((await post('/pool/runs', sharedRun(), bearer(other.token))).status).toBe(201);
  });

  it.each(['', 'short', `${'0'.repeat(31)}g`, [newToken(), newToken()]])('refuses a run with %j for its key', async (key) => {
    const { token } = await joined();
    const headers = { ...bearer(token), 'Idempotency-Key': key };
    expect((await post('/pool/runs', sharedRun(), headers)).status).toBe(400);
    expect(pool.changesAfter(0)).toContain('"changes":[]');
  });

  it.each<[string, string]>([
    ['half of it', '{"task":'],
    ['no object', '7'],
    ['a name beside it', JSON.stringify({ ...sharedRun(), name: 'Somebody' })],
    ['markup', JSON.stringify({ ...sharedRun(), device: '<script>alert(1)</script>' })],
    ['a deep nest', '['.repeat(30_000)],
    ['another prototype', JSON.stringify(sharedRun()).replace('{', '{"__proto__":{"teacher":true},')],
    ['an accuracy of 7', JSON.stringify({ ...sharedRun(), quality: 7 })],
  ])('refuses hostile JSON: %s', async (_, text) => {
    const { token } = await joined();
    const { status, headers } = await ask('POST', '/pool/runs', { ...json, ...bearer(token) }, text);
    expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([
      400,
      'application/json; charset=utf-8',
      'nosniff',
    ]);
    expect(pool.changesAfter(0)).toContain('"changes":[]');
  });

  it.each([[200_000], [5_000_000]])('answers to a body of %i bytes before it closes, whether its length is told or not', async (bytes) => {
    const { token } = await joined();
    for (const headers of [{ 'Content-Length': bytes }, { 'Transfer-Encoding': 'chunked' }]) {
      const pieces = Array.from({ length: bytes / 50_000 }, () => ' '.repeat(50_000));
      const answered = await ask('POST', '/pool/runs', { ...json, ...bearer(token), ...headers }, pieces);
      expect(answered.status).toBe(413);
      expect(JSON.parse(answered.text)).toMatchObject({ code: 'too-large' });
      expect(answered.headers.connection).toBe('close');
    }
  });

  it('takes nothing from pages of other sites, and lets them read nothing', async () => {
    const { token } = await joined();
    const run = JSON.stringify(sharedRun());
    const foreign: OutgoingHttpHeaders[] = [
      { ...json, 'Sec-Fetch-Site': 'cross-site' },
      { ...json, 'Sec-Fetch-Site': 'same-site' },
      { ...json, Origin: 'https://evil.example' },
      { ...json, Origin: 'null' },
      { ...json, Origin: `http://127.0.0.1:${port + 1}` },
    ];
    for (const headers of foreign) expect((await ask('POST', '/pool/runs', { ...bearer(token), ...headers }, run)).status).toBe(403);
    // What a form may send to another site.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await ask('POST', '/pool/runs', { ...bearer(token), 'Content-Type': type }, run)).status).toBe(400);
    const preflight = await ask('OPTIONS', '/pool/runs', { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' });
    expect(preflight.status).toBe(403);
    const own = await ask(
      'POST',
      '/pool/runs',
      { ...json, ...bearer(token), Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' },
      run,
    );
    expect(own.status).toBe(201);
    for (const { headers } of [preflight, own]) {
      expect(Object.keys(headers).filter((name) => /access-control|cookie/.test(name))).toEqual([]);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });

  it.each([
    ['evil.example', 403],
    ['evil.example:4173', 403],
    ['localhost.evil.example', 403],
    ['a b', 403],
    ['localhost:1', 200],
    ['LOCALHOST', 200],
    ['class.school:4173', 200],
    ['192.168.1.5:4173', 200],
    ['[fe80::1]:4173', 200],
  ])('is reached under its own names and addresses alone: "%s"', async (host, status) => {
    expect((await ask('GET', '/pool', { Host: host })).status).toBe(status);
    expect((await ask('GET', '/?class', { Host: host })).status).toBe(status);
  });

  it.each([
    ['headers', 'GET /pool/runs HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
    ['a body', 'POST /pool/members HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{'],
  ])('ends a client that is slow with %s, and serves the others meanwhile', async (_, text) => {
    const slow = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'));
    const ends = slow.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    for (const socket of slow) {
      socket.on('error', () => {});
      socket.resume();
      socket.write(text);
    }
    const began = performance.now();
    expect((await ask('GET', '/pool')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(500);
    await Promise.all(ends);
  });

  it('survives addresses that are none', async () => {
    for (const path of ['//', '/pool//', '/pool/runs/999999999999', '/pool/runs?after=NaN', '/pool/%', '*'])
      expect([200, 400, 401, 404]).toContain((await ask('GET', path)).status);
    expect((await ask('GET', '/pool')).status).toBe(200);
  });
});
