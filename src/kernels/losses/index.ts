/** The training losses that a task may name. */
import type { Loss } from './loss';
import { meanSquaredError } from './meanSquaredError/index';
import { softmaxCrossEntropy } from './softmaxCrossEntropy/index';

export const losses: Loss[] = [softmaxCrossEntropy, meanSquaredError];

/** @throws Error for an unknown id: tasks name losses, people do not, so this is a mistake in the code */
export function lossFor(id: string): Loss {
  const found = losses.find((loss) => loss.id === id);
  if (!found) throw new Error(`there is no loss "${id}"; there are: ${losses.map((loss) => loss.id).join(', ')}`);
  return found;
}
