/** Entry of the service worker, which keeps the page for use without its server. It holds no logic of its own. */
import type { Build } from '../src/offline/keptFiles';
import { serveOffline } from '../src/offline/serveOffline';

/** Put in by scripts/serviceWorker.cjs, once the rest of the page is built. */
declare const BUILD: Build;

serveOffline(self as unknown as ServiceWorkerGlobalScope, BUILD);
