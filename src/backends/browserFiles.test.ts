import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fetchWasm, loadPart } from './browserFiles';

const kernels = readFileSync(new URL('../kernels/built/simd-single.wasm', import.meta.url));
const advice = 'The workbench was updated or its server has ended: start it again and reload the page.';

/** Fetches a binary from a server that answers so. */
async function fetched(answer: RequestListener): Promise<ArrayBuffer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  try {
    return await fetchWasm(`http://localhost:${(server.address() as AddressInfo).port}/assets/kernels.wasm`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('a binary that the workbench fetches', () => {
  it('is what the file holds', async () => {
    expect(new Uint8Array(await fetched((_, response) => response.end(kernels)))).toEqual(new Uint8Array(kernels));
  });

  const bad: [string, RequestListener, string][] = [
    ['a 404', (_, response) => response.writeHead(404).end(), 'answer 404'],
    [
      'a page with status 200',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Workbench</title>'),
      'the answer is no WebAssembly',
    ],
    ['half of the file', (_, response) => response.end(kernels.subarray(0, kernels.length / 2)), 'the answer is no WebAssembly'],
    [
      'a broken connection',
      (_, response) => response.writeHead(200, { 'content-length': 9 }).write('x', () => response.destroy()),
      'the connection broke',
    ],
    ['no answer', (request) => request.destroy(), 'no connection'],
  ];
  it.each(bad)('is told as missing after %s', async (_, answer, why) => {
    await expect(fetched(answer)).rejects.toMatchObject({
      code: 'file-missing',
      message: `kernels.wasm could not be loaded (${why}). ${advice}`,
    });
  });
});

describe('a part that is imported when it is needed', () => {
  it('is told as missing when its import fails', async () => {
    const failed = Promise.reject(new TypeError('Failed to fetch dynamically imported module: http://localhost/assets/dist.js'));
    await expect(loadPart('The WebGL backend', failed)).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('fails for its own reasons otherwise', async () => {
    await expect(loadPart('The WebGL backend', Promise.reject(new Error('no context')))).rejects.toThrow(/^no context$/);
    expect(await loadPart('The WebGL backend', Promise.resolve(1))).toBe(1);
  });
});
