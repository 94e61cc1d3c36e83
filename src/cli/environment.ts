import { availableParallelism, cpus } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import type { StartedBackend } from '../backends/backend';
import type { Environment } from '../core/runs/runFile';

/** Facts about the machine that may explain a run's numbers and its speed. */
export function nodeEnvironment(backend: StartedBackend): Environment {
  return {
    backend: backend.name,
    tfjs: version_core,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
  };
}
