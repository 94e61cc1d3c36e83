/** Entry of the dataset worker, which reads examples away from the main thread and from the one that trains. It holds no logic of its own. */
import { expose } from 'comlink';
import { openBrowserFolder } from '../src/datasets/browserFolder';
import { createDatasetService } from '../src/datasets/datasetService';
import { HelperPool } from '../src/datasets/helperPool';
import '../src/protocol/throwHandler';
// Part of this script, since browsers may refuse a thread's thread the script of a server whose certificate nobody vouches for.
import ImportHelper from './importHelper.worker?worker&inline';

/** Reading the files, which one thread does, keeps no more of them busy. */
const MOST_HELPERS = 8;

const createHelper = () => new ImportHelper({ name: 'import helper' });

expose(
  createDatasetService({
    startWork: () => new HelperPool(createHelper, Math.min(navigator.hardwareConcurrency, MOST_HELPERS)),
    openFolder: openBrowserFolder,
    now: () => performance.now(),
  }),
);
