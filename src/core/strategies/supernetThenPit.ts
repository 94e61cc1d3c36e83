import { WorkbenchError } from '../errors';
import { word } from '../language/say';
import { channelMap } from '../network/channels';
import { narrowestTable } from '../search/architectures/channelFit';
import { channelNetworks } from '../search/networks/channelNetworks';
import type { SearchKit } from '../search/kit';
import { searchedModel, type SearchedModel } from '../search/searchedModel';
import { deriving, discretised, searchArchitecture, startModel, startValues, tellGroups, trialPlans, warmup } from './gradient';
import type { Strategy } from './strategy';

/**
 * Searches operations first, then the number of channels in the found network, which keeps its weights. The first search leaves the
 * second most of the way to the targets, see `Pressure`.
 */
export const supernetThenPit: Strategy = {
  id: 'supernet+pit',
  label: word('Candidates, then channels'),
  help: word('searches candidate operations, then channels in what was found'),
  searches: ['candidates', 'channels'],
  gradients: true,
  options: [],
  phases: (kit) => {
    const { warmup: first, search } = kit.config.epochs;
    return [
      kit.plan('warmup', first, kit.space.supernet),
      kit.plan('search', search, kit.space.supernet, kit.data.searchBatches('candidates')),
      // The found network is not known yet; it is about as large as the seed network.
      kit.plan('masks', search, kit.space.seed, kit.data.searchBatches('channels')),
      ...trialPlans(kit, kit.space.seed),
    ];
  },
  async *search(kit) {
    const supernet = kit.hold(startModel(kit, 'candidates'));
    const taskLoss = yield* warmup(kit, supernet);
    yield* searchArchitecture(kit, supernet, 'candidates', 'search', taskLoss);
    const { choice, model, networks } = yield* goOn(kit, supernet);
    yield tellGroups(kit, model);
    // Null: the loss of this search's own first batch becomes the reference for strengths.
    yield* searchArchitecture(kit, model, 'channels', 'masks', null);
    return deriving(kit, model, networks, choice);
  },
};

/** Derives the network to search next, with its values; the constraints stay. */
async function* goOn(kit: SearchKit, supernet: SearchedModel) {
  yield* kit.takeInTargets();
  const derived = await discretised(supernet, kit.pressure.targets).catch((error: unknown) => {
    // The run warned about targets that became too tight, and a person may raise them before its end, so it continues without
    // targets.
    if (error instanceof WorkbenchError && error.code === 'infeasible-targets') return discretised(supernet, {});
    throw error;
  });
  yield kit.derivedEvent(derived);
  const { plan, parameters } = derived.model;
  const networks = channelNetworks(plan, kit.space.metrics);
  kit.pressure.begin('channels', narrowestTable(plan, channelMap(plan), kit.space.metrics));
  const model = kit.hold(searchedModel('channels', plan, parameters, kit.config, kit.space, startValues(kit, plan, networks)));
  await kit.estimateStatistics(model);
  return { choice: derived.choice, model, networks };
}
