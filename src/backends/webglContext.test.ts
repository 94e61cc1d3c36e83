import { env } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { refusingZeros, registerWebgl } from './webglContext';

/** A backend that holds one tensor on the host and one on its context. */
function backend() {
  const [host, device] = [{}, {}];
  const lost = { is: false };
  const values = (id: object) => (id === host ? [1] : lost.is ? [0] : [2]);
  const made = {
    texData: { get: (id: object) => ({ values: id === host ? [1] : null }) },
    read: (id: object) => Promise.resolve(values(id)),
    readSync: values,
  };
  return { host, device, lost, backend: refusingZeros(made, { isContextLost: () => lost.is }) };
}

it('never takes what lay on a lost context for values', async () => {
  const { host, device, lost, backend: made } = backend();
  expect([await made.read(device), made.readSync(device)]).toEqual([[2], [2]]);
  lost.is = true;
  await expect(made.read(device)).rejects.toMatchObject({ code: 'device-lost' });
  expect(() => made.readSync(device)).toThrow('graphics device was lost');
  expect([await made.read(host), made.readSync(host)]).toEqual([[1], [1]]);
});

it('tells Safari that TensorFlow.js is what does without WebGL there, not the browser', async () => {
  env().set('IS_SAFARI', true);
  await expect(registerWebgl()).rejects.toThrow('TensorFlow.js does not use WebGL in Safari’s workers');
  env().set('IS_SAFARI', false);
});
