import { expect, it } from 'vitest';
import { taskFor } from '../../tasks/index';
import { featureSettings } from './settings';

it('describes examples of the shape that tasks have', () => {
  const { mfcc, mlperfMfcc, logMel } = featureSettings;
  for (const { frames, coefficients } of [mfcc, mlperfMfcc]) expect([frames, coefficients, 1]).toEqual(taskFor('kws').example.shape);
  expect([logMel.framesOfAnExample * logMel.filters]).toEqual(taskFor('ad').example.shape);
  expect((mfcc.frames - 1) * mfcc.hopSamples + mfcc.windowSamples).toBeLessThanOrEqual(mfcc.samples);
});
