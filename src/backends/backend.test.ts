import { registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { missingFile } from '../core/errors';
import { startBackend, type BackendLoader } from './backend';
import { nodeBackends } from './node';

const cpu = nodeBackends.filter(({ name }) => name === 'cpu');
const failing = (error: Error): BackendLoader => ({ name: 'webgl', load: () => Promise.reject(error) });

describe('the choice of a backend', () => {
  it('passes over what the machine lacks, and says why', async () => {
    const started = await startBackend('automatic', [failing(new Error('this browser has no WebGL 2')), ...cpu]);
    expect(started).toMatchObject({ name: 'cpu', passedOver: [{ name: 'webgl', reason: 'this browser has no WebGL 2' }] });
  });

  it('says why a backend does not start, which tfjs keeps to itself', async () => {
    registerBackend('webgl', () => {
      throw new Error('WebGL is not supported on this device');
    });
    const started = await startBackend('automatic', [{ name: 'webgl', load: async () => {} }, ...cpu]);
    removeBackend('webgl');
    expect(started.passedOver).toEqual([{ name: 'webgl', reason: 'WebGL is not supported on this device' }]);
  });

  it('does not pass over a backend whose file is missing', async () => {
    const start = startBackend('automatic', [failing(missingFile('The WebGL backend', 'answer 404')), ...cpu]);
    await expect(start).rejects.toMatchObject({ code: 'file-missing' });
  });
});
