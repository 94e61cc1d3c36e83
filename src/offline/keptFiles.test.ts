/** Kept files, with caches in memory and a host that loses and changes files. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeptFiles } from './keptFiles';

const folder = 'https://host/some/folder/';
const content: Readonly<Record<string, string>> = { 'index.html': 'page', 'assets/a.js': 'script' };
const headers = { 'Cross-Origin-Embedder-Policy': 'require-corp' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let stored: Map<string, Map<string, Response>>;
let host: Map<string, string>;
let asked: string[];

const caches = {
  keys: async () => [...stored.keys()],
  delete: async (name: string) => stored.delete(name),
  open: async (name: string) => {
    const files = stored.get(name) ?? new Map<string, Response>();
    stored.set(name, files);
    return { match: async (url: string) => files.get(url)?.clone(), put: async (url: string, file: Response) => void files.set(url, file) };
  },
  match: async (request: Request | string) =>
    [...stored.values()].flatMap((files) => files.get(typeof request === 'string' ? request : request.url)?.clone() ?? [])[0],
} as unknown as CacheStorage;

const of = (id: string, files = content) =>
  new KeptFiles(
    { id, headers, files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, sha256(text)])) },
    folder,
    caches,
    async (request) => {
      const url = typeof request === 'string' ? request : request.url;
      asked.push(url);
      const text = host.get(url);
      return text === undefined ? new Response('Not found', { status: 404 }) : new Response(text);
    },
  );
const answer = async (files: KeptFiles, path: string) => (await files.answer(new Request(`${folder}${path}`))).text();

beforeEach(() => {
  stored = new Map();
  host = new Map(Object.entries(content).map(([path, text]) => [`${folder}${path}`, text]));
  asked = [];
});

describe('kept files', () => {
  it('answer without the host, for the folder as for its page, with the headers', async () => {
    const files = of('one');
    await files.keepAll();
    host.clear();
    expect([await answer(files, ''), await answer(files, '?query'), await answer(files, 'assets/a.js')]).toEqual([
      'page',
      'page',
      'script',
    ]);
    const { headers: sent } = await files.answer(new Request(folder));
    expect(sent.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  it('are not kept when the host has another version of one, and the rest is used by the next try', async () => {
    host.set(`${folder}index.html`, 'newer page');
    await expect(of('one').keepAll()).rejects.toThrow('index.html is not the file of this version');
    host.set(`${folder}index.html`, 'page');
    asked = [];
    await of('one').keepAll();
    expect(asked).toEqual([`${folder}index.html`]);
  });

  it('are fetched again, once, when they are damaged or gone', async () => {
    const files = of('one');
    await files.keepAll();
    const [kept] = stored.values();
    kept?.set(`${folder}assets/a.js`, new Response('damaged'));
    kept?.delete(`${folder}index.html`);
    asked = [];
    for (let time = 0; time < 2; time++) expect([await answer(files, ''), await answer(files, 'assets/a.js')]).toEqual(['page', 'script']);
    expect(asked).toHaveLength(2);
  });

  it('of an older build answer until they are deleted, which spares other pages of the host', async () => {
    await of('one').keepAll();
    stored.set('of another page', new Map());
    host = new Map([[`${folder}index.html`, 'newer page']]);
    const newer = of('two', { 'index.html': 'newer page' });
    await newer.keepAll();
    expect([await answer(newer, ''), await answer(newer, 'assets/a.js')]).toEqual(['newer page', 'script']);
    await newer.deleteOthers(() => false);
    expect(stored.size).toBe(3);
    await newer.deleteOthers(() => true);
    expect([...stored.keys()]).toEqual(['of another page', `nas-workbench ${folder} two`]);
    expect((await newer.answer(new Request(`${folder}assets/a.js`))).status).toBe(404);
  });
});
