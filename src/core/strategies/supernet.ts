import { word } from '../language/say';
import { deriving, searchArchitecture, startModel, trialPlans, warmup } from './gradient';
import type { Strategy } from './strategy';

/** Searches which operation each place needs: holds all candidates there, weighed by a softmax that is trained with them. */
export const supernet: Strategy = {
  id: 'supernet',
  label: word('Candidate operations (SuperNet)'),
  help: word('searches candidate operations'),
  searches: ['candidates'],
  gradients: true,
  options: [],
  phases: (kit) => {
    const { warmup: first, search } = kit.config.epochs;
    return [
      kit.plan('warmup', first, kit.space.supernet),
      kit.plan('search', search, kit.space.supernet, kit.data.searchBatches('candidates')),
      ...trialPlans(kit),
    ];
  },
  async *search(kit) {
    const model = kit.hold(startModel(kit, 'candidates'));
    const taskLoss = yield* warmup(kit, model);
    yield* searchArchitecture(kit, model, 'candidates', 'search', taskLoss);
    return deriving(kit, model, kit.networks);
  },
};
