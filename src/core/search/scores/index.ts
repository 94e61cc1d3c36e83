/** The list of scores, in display order. */
import type { ScoreId } from '../../config/searchConfig';
import { naswot } from './naswot';
import { nnMass } from './nnMass';
import type { Score } from './score';
import { balance, macs, params } from './size';
import { synflow } from './synflow';

export const scores: readonly Score[] = [params, macs, balance, nnMass, synflow, naswot];

export function scoreFor(id: ScoreId): Score {
  return scores.find((score) => score.id === id) as Score;
}
