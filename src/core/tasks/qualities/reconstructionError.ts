import { word } from '../../language/say';
import type { Quality } from '../task';

/** Mean squared difference between a network's outputs and its normalised inputs, which is its training loss. */
export const reconstructionError: Quality = {
  id: 'meanSquaredError',
  label: word('Reconstruction error'),
  word: word('reconstruction error'),
  unit: '',
  better: 'lower',
  of: ({ losses }) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
};
