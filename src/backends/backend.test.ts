import { registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { missingFile, type WorkbenchError } from '../core/errors';
import { setLanguage } from '../core/language/say';
import { said } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import { startBackend, type BackendLoader } from './backend';
import { nodeBackends } from './node';

afterEach(() => setLanguage('en', null));

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

  it('says in the language in use later why none could be started', async () => {
    const start = startBackend('webgl', [failing(new Error('this browser has no WebGPU'))]);
    const error: unknown = await start.catch((reason: unknown) => reason);
    setLanguage('zh-CN', messages);
    expect(said((error as WorkbenchError).told)).toBe('无法启动任何后端（webgl：该浏览器没有 WebGPU）。请选择其他后端。');
  });

  it('does not pass over a backend whose file is missing', async () => {
    const start = startBackend('automatic', [failing(missingFile('The WebGL backend', 'answer 404')), ...cpu]);
    await expect(start).rejects.toMatchObject({ code: 'file-missing' });
  });
});
