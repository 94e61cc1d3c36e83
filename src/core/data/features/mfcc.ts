/**
 * Mel-frequency cepstral coefficients as the paper's authors compute them, with torchaudio's `transforms.MFCC` (github.com/eml-eda/
 * pytorch-benchmarks, keyword_spotting/data.py): power spectrum of 512, a Hann window of 480 in its middle, 40 triangles over hertz
 * from 20 to 4,000 Hz, ln(x + 1e-6), orthonormal DCT-II. Samples are of full scale 1, which is int16 / 32,768.
 */
import { cepstrum, MEL, TRANSFORM, WINDOW } from './cepstrum';
import { RATE } from './clip';
import { binFrequencies, htk, melFilters } from './melFilters';
import { hann, PowerSpectrum } from './spectrum';

/** torch.stft puts a window that is shorter than the transform into its middle. */
const MARGIN = (TRANSFORM - WINDOW) / 2;

/**
 * Of one second of sound, 49 frames of 10 coefficients (shape [49, 10, 1]).
 * @param samples 16,000 of them, full scale 1
 */
export const mfcc = cepstrum({
  spectrum: new PowerSpectrum(TRANSFORM, hann(WINDOW), MARGIN),
  filters: melFilters({ ...MEL, scale: htk, bins: binFrequencies(TRANSFORM, RATE), straightOver: 'hertz', height: () => 1 }),
  of: 'power',
  start: MARGIN,
  scale: (k) => Math.sqrt((k === 0 ? 1 : 2) / MEL.count),
});
