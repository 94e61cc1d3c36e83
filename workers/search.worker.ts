/** Entry of the search worker, which trains away from the main thread. It holds no logic of its own. */
import { version_core } from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import { browserBackends } from '../src/backends/browser';
import { browserKernels } from '../src/backends/browserKernels';
import { trainingThreads } from '../src/backends/threads';
import { News } from '../src/keep/database';
import { webLocks } from '../src/keep/locks';
import { RunStorage } from '../src/keep/runStorage';
import '../src/protocol/throwHandler';
import { createPause } from '../src/session/pause';
import { createSearchService } from '../src/session/searchService';
import { engine } from '../src/training/engine';

expose(
  createSearchService({
    backends: browserBackends,
    engine: engine(browserKernels),
    pause: createPause(),
    storage: new RunStorage(webLocks(navigator.locks as LockManager | undefined), new News()),
    environment: (backend) => ({
      backend: backend?.name ?? 'none',
      tfjs: version_core,
      userAgent: navigator.userAgent,
      cores: navigator.hardwareConcurrency,
      threads: trainingThreads(backend, browserKernels),
      crossOriginIsolated,
    }),
  }),
);
