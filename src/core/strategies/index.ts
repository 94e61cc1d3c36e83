/** The list of strategies, in display order. */
import { WorkbenchError } from '../errors';
import { sayLater, type Told } from '../language/told';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';
import { taskFor } from '../tasks/index';
import { canSearch } from '../tasks/task';
import { evolution } from './evolution';
import { largest } from './largest';
import { oneShot } from './oneShot';
import { pit } from './pit';
import { random } from './random';
import type { Searches, Strategy } from './strategy';
import { supernet } from './supernet';
import { supernetThenPit } from './supernetThenPit';
import { trainingFree } from './trainingFree';

export const strategies: Strategy[] = [supernet, pit, supernetThenPit, random, largest, trainingFree, evolution, oneShot];

/** @throws WorkbenchError `invalid-setting` that names the known strategies */
export function strategyFor(id: string): Strategy {
  const found = strategies.find((strategy) => strategy.id === id);
  if (!found)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('there is no method "{id}"; there are: {all}', { id, all: strategies.map((s) => s.id).join(', ') }),
    );
  return found;
}

/**
 * The kinds of spaces that a search goes through, in order.
 * @throws WorkbenchError `invalid-setting` when the strategy does not search the space that the config names, or the task has none
 */
export function searchesOf(strategy: Strategy, { space, task }: Pick<SearchConfig, 'space' | 'task'>): Searches {
  const { id, searches, eitherSpace } = strategy;
  const { spaces } = taskFor(task);
  const offered = searches.filter((kind) => spaces[kind] !== undefined);
  if (space !== 'any' && searches.includes(space) && eitherSpace && offered.length > 0 && !offered.includes(space))
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('the task {task} does not offer the space {space}; choose --space {offered}', { task, space, offered: offered.join('|') }),
    );
  if (space !== 'any' && (!offered.includes(space) || (!eitherSpace && searches.length > 1)))
    throw new WorkbenchError('invalid-setting', notAlone(strategy, space));
  if (!canSearch(taskFor(task), strategy)) {
    const others = strategies.filter((other) => canSearch(taskFor(task), other)).map((other) => other.id);
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('{id} searches {spaces}, which the task {task} does not offer; choose --method {others}', {
        ...{ id, spaces: inTurn(searches), task, others: others.join('|') },
      }),
    );
  }
  if (!eitherSpace) return searches;
  const [chosen] = space === 'any' ? offered : [space];
  return [chosen as SpaceKind];
}

const inTurn = (searches: Searches) =>
  searches.reduce<Told>((some, then) => (some === '' ? then : sayLater('{some}, then {then}', { some, then })), '');

function notAlone({ id, searches, eitherSpace }: Strategy, space: SpaceKind): Told {
  const [one, other] = searches;
  const spaces = eitherSpace && other ? sayLater('{one} or {other}', { one, other }) : inTurn(searches);
  const values = { id, spaces, space };
  return searches.length > 1
    ? sayLater('{id} searches {spaces}, not {space} alone', values)
    : sayLater('{id} searches {spaces}, not {space}', values);
}
