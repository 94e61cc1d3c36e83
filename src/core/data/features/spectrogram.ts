/** Pictures of sounds for people; networks see other features. */
import { grey, type Pixels } from '../pictures/pixels';
import { hann, PowerSpectrum } from './spectrum';

/** Samples of a transform, and columns of the picture. */
const [SIZE, COLUMNS] = [512, 160];
/** Frequencies shown; those above half of this many are rarely loud. */
const ROWS = 128;
/** Darker than the loudest by so many decibels, and all that is fainter. */
const RANGE = 70;

/** Time goes to the right and frequency up, each row the louder of two neighbours; the loudest is white. */
export function spectrogram(samples: Float32Array): Pixels {
  const spectrum = new PowerSpectrum(SIZE, hann(SIZE), 0);
  const levels = new Float64Array(ROWS * COLUMNS);
  const hop = Math.max(1, (samples.length - SIZE) / (COLUMNS - 1));
  for (let column = 0; column < COLUMNS; column++) {
    const power = spectrum.of(samples, Math.round(column * hop));
    for (let row = 0; row < ROWS; row++)
      levels[(ROWS - 1 - row) * COLUMNS + column] =
        10 * Math.log10(Math.max(power[2 * row] as number, power[2 * row + 1] as number) + 1e-10);
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), -Infinity);
  return grey(COLUMNS, ROWS, (at) => 1 + ((levels[at] as number) - loudest) / RANGE);
}
