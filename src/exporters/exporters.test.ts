import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../tests/support/backends';
import { smallConfig } from '../../tests/support/search';
import { normalizationOf } from '../core/data/dataset';
import { shapeDataset } from '../core/data/shapes';
import { createParameters, disposeParameters, initialWeights } from '../core/network/parameters';
import { planNetwork } from '../core/network/plan';
import { resnet8Seed } from '../core/network/resnet8';
import { createRandom } from '../core/random';
import { readRunFile } from '../core/runs/readRunFile';
import { RunRecorder } from '../core/runs/runFile';
import { downloadOf } from './download';
import type { ExportedRun, FilePieces } from './exporter';
import { exporterFor, exporters } from './index';

beforeAll(() => useBackend('cpu'));

const context = { config: smallConfig, dataset: shapeDataset(4, 2), environment: { backend: 'cpu' }, stopped: true };
const dataset = shapeDataset(4, 2);
const trainingSet = { examples: dataset.train, shape: dataset.shape, normalization: normalizationOf(dataset.train, dataset.shape) };
const started: ExportedRun = { model: null, trainingSet, runFile: () => new RunRecorder().file(context) };
const textOf = async (id: string, run: ExportedRun) => (await exporterFor(id).write(run)).map((pieces) => [...pieces()].join('')).join('');

it('each has a name and a file of its own', () => {
  expect(new Set(exporters.map(({ id }) => id)).size).toBe(exporters.length);
  expect(new Set(exporters.map((exporter) => downloadOf(exporter).fileName)).size).toBe(exporters.length);
  expect(() => exporterFor('paper')).toThrow('there is no export "paper"; there are: network, run, tflite, onnx, c');
});

it('the network is written with its values, as often as asked, and not before there is one', async () => {
  const plan = planNetwork(resnet8Seed(10));
  const weights = initialWeights(plan, createRandom(1, 'weights'));
  const parameters = createParameters(plan, weights);
  const [pieces] = (await exporterFor('network').write({ ...started, model: { plan, parameters, architecture: null } })) as [FilePieces];
  disposeParameters(parameters);
  const text = [...pieces()].join('');
  expect([...pieces()].join('')).toBe(text);
  const file = JSON.parse(text) as { network: unknown; weights: Record<string, { data: number[] }> };
  expect(file.network).toEqual(plan.network);
  expect(Float32Array.from(file.weights['logits/kernel']?.data ?? [])).toEqual(weights['logits/kernel']?.data);
  await expect(textOf('network', started)).rejects.toMatchObject({ code: 'busy' });
});

it('the run is written as a run file at any time', async () => {
  expect(readRunFile(await textOf('run', started))).toEqual(started.runFile());
});
