/** The server of `npm start`: tested on small folders, and as the whole command in a read-only copy of the checkout. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hubHosts } from '../../src/importers/hub/hub';
import { endCommands, root, start } from '../support/command';

const { serve } = createRequire(import.meta.url)('../../scripts/serve.cjs') as {
  serve: (folder: string, port: number) => Promise<import('node:http').Server>;
};

describe('the server of built files', () => {
  let folder: string;
  let server: import('node:http').Server;
  const get = (path: string, options: RequestInit = {}) =>
    fetch(`http://localhost:${(server.address() as AddressInfo).port}${path}`, options);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'serve #1 50% '));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>page');
    writeFileSync(join(folder, '.built-from'), 'state');
    writeFileSync(join(folder, 'assets', 'kernels-1a2b.wasm'), '0123456789');
    writeFileSync(join(folder, 'assets', 'index-1a2b.js'), '1');
    writeFileSync(join(folder, 'assets', 'thread-1a2b.mjs'), '1');
    server = await serve(folder, 0);
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['/assets/kernels-1a2b.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
    ['/assets/index-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/thread-1a2b.mjs', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ])('gives %s its type and its time in caches', async (path, type, caching) => {
    const { status, headers } = await get(path);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, type, caching]);
  });

  it.each(['/assets/gone-1a2b.js', '/assets/', '/gone', '/.built-from', '/..%2fpackage.json', '/%00', '/%'])(
    'has no %s, and no page in its place',
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
      expect(await response.text()).toBe('There is no such file.\n');
    },
  );

  it('isolates everything, what is missing too', async () => {
    for (const path of ['/', '/assets/index-1a2b.js', '/gone']) {
      const { headers } = await get(path);
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    }
  });

  it('lets pages and workers contact no hosts but those that an import from the hub names', async () => {
    for (const path of ['/', '/assets/index-1a2b.js']) {
      const policy = (await get(path)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`; connect-src 'self' blob: data: ${hubHosts.map((host) => `https://${host}`).join(' ')};`);
      expect(policy.replace(/connect-src[^;]*/, '')).not.toMatch(/https?:|\*/);
    }
  });

  it('answers HEAD, ranges, and what is known already', async () => {
    const head = await get('/', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '19', '']);
    const part = await get('/assets/kernels-1a2b.wasm', { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    const beyond = await get('/assets/kernels-1a2b.wasm', { headers: { range: 'bytes=20-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const again = await get('/', { headers: { 'if-none-match': head.headers.get('etag') ?? '', 'cache-control': 'max-age=0' } });
    expect(again.status).toBe(304);
  });

  it('lets nothing be sent', async () => {
    const response = await get('/', { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('gives what a new build has left there', async () => {
    writeFileSync(join(folder, 'assets', 'new-3c4d.js'), 'new');
    rmSync(join(folder, 'assets', 'index-1a2b.js'));
    expect((await get('/assets/new-3c4d.js')).status).toBe(200);
    expect((await get('/assets/index-1a2b.js')).status).toBe(404);
  });
});

/** The files that `isBuilt` reads and that serving needs. */
const parts = ['index.html', 'vite.config.ts', 'package.json', 'package-lock.json', 'public', 'src', 'workers', 'scripts'];

// Windows ends processes without signals, and lets only administrators make links.
describe.skipIf(process.platform === 'win32')('npm start', () => {
  let checkout: string;
  const npmStart = (environment: NodeJS.ProcessEnv, args: readonly string[] = []) =>
    start(process.execPath, [...args, join(checkout, 'scripts', 'start.cjs')], environment, checkout);

  beforeAll(async () => {
    // The folder's name has characters with a special meaning in addresses. The build is marked as up to date, and is only one
    // page.
    checkout = mkdtempSync(join(tmpdir(), 'checkout #1 50% 数 é '));
    for (const part of parts) cpSync(join(root, part), join(checkout, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    mkdirSync(join(checkout, 'dist'));
    writeFileSync(join(checkout, 'dist', 'index.html'), 'built page');
    const state = start(process.execPath, ['-p', "require('./scripts/build.cjs').state()"]);
    await state.ended;
    writeFileSync(join(checkout, 'dist', '.built-from'), state.printed.stdout.trim());
  });
  afterEach(endCommands);
  afterAll(() => rmSync(checkout, { recursive: true }));

  it('serves what is built, from a folder with any name, and writes nothing', async () => {
    const before = await listing();
    const command = npmStart({ PORT: '4931' });
    expect(await command.line(/./)).toBe('NAS Workbench is at http://localhost:4931/ (Ctrl+C ends it)');
    expect(await (await fetch('http://localhost:4931/')).text()).toBe('built page');
    expect(await listing()).toBe(before);
  });

  it('moves on from a port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(4941, 'localhost', resolve));
    const command = npmStart({ PORT: '4941' });
    await command.line(/at http:\/\/localhost:4942\//);
    expect(command.printed.stderr).toBe('Port 4941 is taken by another program; using 4942 instead.\n');
    await closed(other);
  });

  it.each([
    [
      'EACCES',
      '80',
      'Port 80 is not permitted to this user (EACCES), since ports below 1024 are kept for the system. Set PORT to another one, such as 4173.\n',
    ],
    ['EACCES', '4951', 'Port 4951 is not permitted to this user (EACCES). Set PORT to another one, such as 4173.\n'],
    ['EADDRNOTAVAIL', '4951', 'Port 4951 cannot be served on: listen EADDRNOTAVAIL. Set PORT to another one.\n'],
  ])('says why a port cannot be had: %s for %s', async (code, port, message) => {
    const refusing = join(checkout, 'refusing.cjs');
    writeFileSync(
      refusing,
      `require('node:net').Server.prototype.listen = function () {
        process.nextTick(() => this.emit('error', Object.assign(new Error('listen ${code}'), { code: '${code}' })));
      };`,
    );
    const command = npmStart({ PORT: port }, ['--require', refusing]);
    expect((await command.ended).status).toBe(1);
    expect(command.printed.stderr).toBe(message);
  });

  it('builds in a folder with any name', async () => {
    rmSync(join(checkout, 'dist'), { recursive: true });
    const build = start(process.execPath, ['scripts/build.cjs'], {}, checkout);
    expect(await build.ended).toEqual({ status: 0, signal: null });
    expect(readFileSync(join(checkout, 'dist', 'index.html'), 'utf8')).toContain('/assets/index-');
  });

  /** Names and times of all files outside the packages. */
  async function listing(): Promise<string> {
    const list = start('find', ['.', '-printf', '%p %T@\n'], {}, checkout);
    await list.ended;
    return list.printed.stdout;
  }

  const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
});
