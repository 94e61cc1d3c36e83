/** Entry of the search worker: training happens here, away from the main thread. Holds no logic of its own. */
import { version_core } from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import { browserBackends } from '../src/backends/browser';
import '../src/protocol/throwHandler';
import { createPause } from '../src/session/pause';
import { createSearchService } from '../src/session/searchService';
import { createReferenceStep } from '../src/training/referenceStep';

expose(
  createSearchService({
    backends: browserBackends,
    createStep: createReferenceStep,
    pause: createPause(),
    environment: (backend) => ({
      backend: backend?.name ?? 'none',
      tfjs: version_core,
      userAgent: navigator.userAgent,
      cores: navigator.hardwareConcurrency,
      crossOriginIsolated,
    }),
  }),
);
