/** The list of strategies, in display order; the first is the default. */
import { WorkbenchError } from '../errors';
import { pit } from './pit';
import type { Strategy } from './strategy';
import { supernet } from './supernet';
import { supernetThenPit } from './supernetThenPit';

export const strategies: Strategy[] = [supernet, pit, supernetThenPit];

/** @throws WorkbenchError `invalid-setting` that names the known strategies */
export function strategyFor(id: string): Strategy {
  const found = strategies.find((strategy) => strategy.id === id);
  if (!found)
    throw new WorkbenchError('invalid-setting', `there is no method "${id}"; there are: ${strategies.map((s) => s.id).join(', ')}`);
  return found;
}
