import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { smallConfig } from '../../../tests/support/search';
import { normalizationOf } from '../../core/data/dataset';
import type { Reading } from '../../core/data/reading';
import { createParameters, disposeParameters, initialWeights } from '../../core/network/parameters';
import { planNetwork } from '../../core/network/plan';
import { createRandom } from '../../core/random';
import { RunRecorder } from '../../core/runs/runFile';
import { keywordSpotting } from '../../core/tasks/keywordSpotting';
import { exporterFor } from '../index';
import { CARD } from './written';

beforeAll(() => useBackend('cpu'));

/** The card of a network that nobody trained, for ten clips that a person gave. */
async function cardWith(reading: Reading | undefined) {
  const dataset = { ...keywordSpotting.builtIn.make(10, 2), name: 'Own clips', synthetic: false };
  const { train, shape, classNames } = dataset;
  const plan = planNetwork(keywordSpotting.seedNetwork(classNames.length));
  const parameters = createParameters(plan, initialWeights(plan, createRandom(1, 'weights')));
  const context = { config: { ...smallConfig, task: 'kws' }, dataset, environment: { backend: 'cpu' }, stopped: true };
  const exporter = exporterFor('tflite');
  try {
    const files = await exporter.write({
      model: { plan, parameters, architecture: null },
      trainingSet: { examples: train, shape, normalization: normalizationOf(train, shape) },
      runFile: () => new RunRecorder().file(context),
      ...(reading && { reading }),
    });
    const text = [...(files[exporter.files.indexOf(CARD)]?.() ?? [])].join('');
    return JSON.parse(text) as {
      readonly input: { readonly features: { readonly kind: string } };
      readonly search: { readonly command: string };
    };
  } finally {
    disposeParameters(parameters);
  }
}

it('says what sounds have become, and reads own examples in the same way when it repeats the search', async () => {
  const { input, search } = await cardWith({ holdOut: 'ann', variants: 2, feature: 'mlperfMfcc' });
  expect(input.features.kind).toBe('MFCC as MLPerf Tiny computes them');
  expect(search.command).toContain('--data YOUR-EXAMPLES --hold-out ann --variants 2 --features mlperfMfcc --train 10 --test 2');
  const usual = await cardWith(undefined);
  expect(usual.input.features.kind).toBe('MFCC as torchaudio computes them');
  expect(usual.search.command).toContain('--data YOUR-EXAMPLES --train 10 --test 2');
});
