/** Entry of the dataset worker, which reads examples away from the main thread and from the one that trains. It holds no logic of its own. */
import { expose } from 'comlink';
import { openBrowserFolder } from '../src/datasets/browserFolder';
import { createDatasetService } from '../src/datasets/datasetService';
import { HelperPool } from '../src/datasets/helperPool';
import '../src/protocol/throwHandler';

/** Reading the files, which one thread does, keeps no more of them busy. */
const MOST_HELPERS = 8;

const createHelper = () => new Worker(new URL('./importHelper.worker.ts', import.meta.url), { type: 'module', name: 'import helper' });

expose(
  createDatasetService({
    work: new HelperPool(createHelper, Math.min(navigator.hardwareConcurrency, MOST_HELPERS)),
    openFolder: openBrowserFolder,
    now: () => performance.now(),
  }),
);
