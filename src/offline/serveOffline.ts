/** What the service worker does: keeps a build, answers for its host, and waits with an update until a person agrees. */
import { TAKE_OVER } from '../protocol/takeOver';
import { KeptFiles, type Build } from './keptFiles';

/** In every page of the workbench, of any version. */
const TITLE = '<title>NAS Workbench</title>';
/** How long to wait for the host before the page is opened without it, in milliseconds. */
const PATIENCE = 1500;

/** Listens to the events of a service worker; to be called when its script starts. */
export function serveOffline(worker: ServiceWorkerGlobalScope, build: Build): void {
  const { registration, clients } = worker;
  const files = new KeptFiles(build, registration.scope, worker.caches, (...request) => worker.fetch(...request));

  worker.addEventListener('install', (event) => event.waitUntil(files.keepAll()));
  // The first visit's page is answered for from now on, so that what it loads later is kept too.
  worker.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  worker.addEventListener('message', (event) => {
    if (event.data === TAKE_OVER) event.waitUntil(worker.skipWaiting());
  });
  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    // Other hosts, and other folders of this one, are none of its business.
    if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
    if (request.mode !== 'navigate') {
      event.respondWith(files.answer(request));
      return;
    }
    event.waitUntil(deleteUnused());
    event.respondWith(openPage(request));
  });

  /** Several open pages may be of several builds, and a build that waits to take over is needed soon. */
  async function deleteUnused(): Promise<void> {
    const pages = await clients.matchAll({ type: 'window' });
    if (pages.length <= 1) await files.deleteOthers(() => !registration.installing && !registration.waiting);
  }

  async function openPage(request: Request): Promise<Response> {
    const other = files.isPage(request.url) ? await otherPage(request.url) : null;
    if (!other) return files.answer(request);
    await Promise.all([registration.unregister(), files.deleteAll()]);
    return other;
  }

  /**
   * The page that the host has now, if it is not the workbench's. A port of this machine belongs to another program on another day, and nobody
   * would look for its page behind the workbench.
   */
  async function otherPage(url: string): Promise<Response | null> {
    try {
      const answer = await worker.fetch(url, { cache: 'no-cache', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
      return answer.ok && !(await answer.clone().text()).includes(TITLE) ? answer : null;
    } catch {
      return null;
    }
  }
}
