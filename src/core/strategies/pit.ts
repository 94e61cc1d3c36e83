import { word } from '../language/say';
import { deriving, searchArchitecture, startModel, tellGroups, trialPlans, warmup } from './gradient';
import type { Strategy } from './strategy';

/** Searches how many channels each layer needs: masks the seed network's channels one by one while it trains. */
export const pit: Strategy = {
  id: 'pit',
  label: word('Channels (channel search)'),
  help: word('searches numbers of channels'),
  searches: ['channels'],
  gradients: true,
  options: [],
  phases: (kit) => {
    const { warmup: first, search } = kit.config.epochs;
    return [
      kit.plan('warmup', first, kit.space.seed),
      kit.plan('search', search, kit.space.seed, kit.data.searchBatches('channels')),
      ...trialPlans(kit),
    ];
  },
  async *search(kit) {
    const model = kit.hold(startModel(kit, 'channels'));
    yield tellGroups(kit, model);
    const taskLoss = yield* warmup(kit, model);
    yield* searchArchitecture(kit, model, 'channels', 'search', taskLoss);
    return deriving(kit, model, kit.networks);
  },
};
