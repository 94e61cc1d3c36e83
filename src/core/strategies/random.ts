import { word } from '../language/say';
import { drawDifferent, halveWithinBudget, halvingPlans, networksToTry } from './halving';
import { atDerivation, type Strategy } from './strategy';

/** Draws networks that meet the targets, and halves them within the budget. */
export const random: Strategy = {
  id: 'random',
  label: word('Random networks'),
  help: word('draws networks that meet the targets, and trains the better half on until one is left'),
  searches: ['candidates', 'channels'],
  eitherSpace: true,
  gradients: false,
  options: ['space', 'budget', 'networks'],
  phases: halvingPlans,
  search: atDerivation(
    (kit) =>
      async function* (targets) {
        return yield* halveWithinBudget(kit, targets, drawDifferent(kit, targets, networksToTry(kit, targets)));
      },
  ),
};
