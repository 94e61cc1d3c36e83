/**
 * Mel-frequency cepstral coefficients as MLPerf Tiny's keyword spotting takes them (github.com/mlcommons/tiny, keyword_spotting/
 * get_dataset.py, with TensorFlow's tf.signal): each clip divided by its largest sample, a Hann window of 480 at the start of a transform
 * of 512, magnitudes, 40 triangles over mel from 20 to 4,000 Hz without the bin of 0 Hz, ln(x + 1e-6), DCT-II over √(2 · 40).
 * These are other numbers than `mfcc`; a network that learnt from one cannot read the other.
 */
import { cepstrum, MEL, TRANSFORM, WINDOW } from './cepstrum';
import { RATE } from './clip';
import { binFrequencies, htk, melFilters } from './melFilters';
import { hann, PowerSpectrum } from './spectrum';

const coefficients = cepstrum({
  spectrum: new PowerSpectrum(TRANSFORM, hann(WINDOW), 0),
  filters: melFilters({ ...MEL, scale: htk, bins: binFrequencies(TRANSFORM, RATE), straightOver: 'mel', height: () => 1 }),
  of: 'magnitude',
  start: 0,
  // TensorFlow's DCT-II has a factor of 2.
  scale: () => 2 / Math.sqrt(2 * MEL.count),
});

/**
 * Of one second of sound, 49 frames of 10 coefficients (shape [49, 10, 1]), equal for all loudnesses.
 * @param samples 16,000 of them. If the largest is 0, such as in digital silence, nothing is divided
 */
export function mlperfMfcc(samples: Float32Array): Float32Array {
  let largest = -Infinity;
  for (const sample of samples) if (sample > largest) largest = sample;
  if (largest === 0) return coefficients(samples);
  const divided = new Float64Array(samples.length);
  for (let at = 0; at < divided.length; at++) divided[at] = (samples[at] as number) / largest;
  return coefficients(divided);
}
