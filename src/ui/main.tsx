/** The page's entry point: makes the worker's client and the application, and renders the interface. */
import './styles/index.css';
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { DatasetClient } from '../client/datasetClient';
import { ReloadOffer } from '../client/reloadOffer';
import { SearchClient } from '../client/searchClient';
import { locale } from '../core/language/say';
import { wouldBeLost } from '../store/wouldBeLost';
import { Workbench } from '../store/workbench';
import { App } from './App';
import { ErrorBoundary } from './ErrorBoundary';
import { onLanguage, show, wishedLanguage } from './language/language';
import { WorkbenchContext } from './useWorkbench';

const createWorker = () => new Worker(new URL('../../workers/search.worker.ts', import.meta.url), { type: 'module', name: 'search' });
const createDatasetWorker = () =>
  new Worker(new URL('../../workers/dataset.worker.ts', import.meta.url), { type: 'module', name: 'dataset' });
const reloadOffer = new ReloadOffer({
  serviceWorkers: navigator.serviceWorker,
  isolated: crossOriginIsolated,
  touched: () => navigator.userActivation.hasBeenActive,
  reload: () => location.reload(),
});

// English, which is in the source, stands where a catalogue does not come.
await show(wishedLanguage()).catch((error: unknown) => console.warn('The page stays in English:', error));

let client = null as SearchClient | null;
/** Tells the worker the page's language. */
const speak = () => void client?.call('speak', locale());
const workbench = new Workbench(
  (onEvents, onDeath) => {
    client = new SearchClient(createWorker, onEvents, onDeath);
    speak();
    return client;
  },
  new DatasetClient(createDatasetWorker, () => void navigator.storage.persist()),
);

onLanguage(speak);

// A page that is developed is never kept. Where the page is not served securely, browsers have no service workers.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // The files that it keeps come after those of the first view. Where it brings isolation it loads the page anew, the sooner the better.
  void (crossOriginIsolated ? workbench.ready : Promise.resolve())
    .then(() => reloadOffer.follow('sw.js'))
    .catch((error: unknown) => console.warn('The page is not kept for use without its server:', error));
}

// The browser asks before the page is closed or left.
window.addEventListener('beforeunload', (event) => {
  if (wouldBeLost(workbench.state.run)) event.preventDefault();
});

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <ErrorBoundary>
      <WorkbenchContext value={workbench}>
        <Page />
      </WorkbenchContext>
    </ErrorBoundary>
  </StrictMode>,
);

/** In another language all of the page is rendered anew, and keeps what a person has opened, typed and been told. */
function Page() {
  useSyncExternalStore(onLanguage, locale);
  return <App client={client as SearchClient} reloadOffer={reloadOffer} />;
}
