import { word } from '../../language/say';
import type { Quality } from '../task';

/** Share of right answers: the largest output is that of the label. Among equal outputs the first counts. */
export const accuracy: Quality = {
  id: 'accuracy',
  label: word('Accuracy'),
  word: word('accuracy'),
  unit: '%',
  better: 'higher',
  of({ outputs, size, labels }) {
    let right = 0;
    labels.forEach((label, example) => {
      let best = 0;
      for (let output = 1; output < size; output++)
        if ((outputs[example * size + output] as number) > (outputs[example * size + best] as number)) best = output;
      if (best === label) right += 1;
    });
    return right / labels.length;
  },
};
