/** How sounds become examples, as plain data for programs outside of this one that must compute the same. */
import * as cepstrum from './cepstrum';
import { RATE } from './clip';
import * as logMel from './logMel';

const shared = {
  samplesPerSecond: RATE,
  samples: RATE,
  window: 'hann',
  windowSamples: cepstrum.WINDOW,
  hopSamples: cepstrum.HOP,
  transformSamples: cepstrum.TRANSFORM,
  frames: cepstrum.FRAMES,
  filters: cepstrum.MEL.count,
  fromHz: cepstrum.MEL.from,
  toHz: cepstrum.MEL.to,
  melScale: '2595 log10(1 + f / 700)',
  logarithm: `ln(x + ${cepstrum.LEAST})`,
  coefficients: cepstrum.COEFFICIENTS,
  layout: 'frame by frame',
};

/** By the feature's id. `mfcc.ts`, `mlperfMfcc.ts` and `logMel.ts` say where each comes from. */
export const featureSettings = {
  mfcc: {
    kind: 'MFCC as torchaudio computes them',
    ...shared,
    samplesAre: 'from -1 to 1',
    windowAt: 'the middle of the transform',
    spectrum: 'power',
    filtersAre: 'triangles over hertz, 1 high',
    cosines: 'DCT-II, orthonormal',
  },
  mlperfMfcc: {
    kind: 'MFCC as MLPerf Tiny computes them',
    ...shared,
    samplesAre: 'divided by the largest sample of the clip',
    windowAt: 'the start of the transform',
    spectrum: 'magnitude',
    filtersAre: 'triangles over mel, 1 high',
    cosines: `DCT-II times 2 / sqrt(2 * ${cepstrum.MEL.count})`,
  },
  logMel: {
    kind: 'log-mel as MLPerf Tiny computes it with librosa',
    samplesPerSecond: RATE,
    samplesAre: 'from -1 to 1',
    window: 'hann',
    windowSamples: logMel.TRANSFORM,
    hopSamples: logMel.HOP,
    transformSamples: logMel.TRANSFORM,
    spectrum: 'power',
    filters: logMel.MELS,
    fromHz: 0,
    toHz: RATE / 2,
    melScale: 'Slaney',
    filtersAre: 'triangles over hertz, each of the same area: 2 / (high - low) high',
    logarithm: `10 log10(x + ${logMel.LEAST})`,
    framesOfAnExample: logMel.STACKED,
    layout: 'frame by frame, the oldest first',
  },
} as const;

export type FeatureId = keyof typeof featureSettings;
