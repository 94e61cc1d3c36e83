/**
 * What a screen reader announces of a run: warnings, phases, epochs and the result, but no single steps. Errors are no part of it, since
 * they are alerts where they are shown.
 */
import { capital } from '../core/words';
import { phaseNames } from '../core/search/phaseNames';
import { shortfallText } from '../core/search/constraints/sentences';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import { comparedNames } from '../core/runs/comparisonText';
import { qualityText, type Task } from '../core/tasks/task';
import { say } from '../core/language/say';
import { sentencesText } from '../core/language/lists';
import { said } from '../core/language/told';
import type { WireEvent } from '../protocol/protocol';

/**
 * Null for events that are not worth a word.
 * @param loads whether the run has its result from before, so that nothing is searched
 */
export function announcementFor(
  event: WireEvent,
  { quality, validation }: Pick<Task, 'quality' | 'validation'>,
  loads = false,
): string | null {
  const name = say(quality.word);
  switch (event.kind) {
    case 'phase':
      return say('{phase} started.', { phase: capital(say(phaseNames[event.phase])) });
    case 'epoch':
      // Each of those networks is told of once it is trained.
      if (event.phase === 'comparison') return null;
      return say('{phase}, epoch {epoch} done: validation {quality} {value}.', {
        phase: capital(say(phaseNames[event.phase])),
        epoch: event.epoch,
        quality: say(validation.word),
        value: qualityText(validation, event.validationQuality),
      });
    case 'targets':
      return event.shortfall && say('These targets cannot be met. {shortfall}', { shortfall: shortfallText(event.shortfall) });
    case 'result': {
      const { constraints, quality: found } = event.result;
      const costs = constraints.map(({ metric, value, met }) => {
        const words = { metric: say(metricTexts[metric].word), value: metricText(metric, value) };
        return met ? say('{metric} {value}, target met', words) : say('{metric} {value}, target missed', words);
      });
      const facts = [`${name} ${qualityText(quality, found.final)}`, ...costs].join(say(', '));
      return loads ? say('Run loaded: {facts}.', { facts }) : say('Search finished: {facts}.', { facts });
    }
    case 'compared':
      return say('{network}: {quality} {value}.', {
        network: capital(say(comparedNames[event.as])),
        quality: name,
        value: qualityText(quality, event.quality),
      });
    case 'state':
      return event.state === 'stopped' || event.cut ? say('Stopped.') : null;
    case 'started':
      return event.warnings.length > 0 ? sentencesText(event.warnings.map(said)) : null;
    case 'kept':
    case 'planned':
    case 'preparing':
    case 'masks':
    case 'ranking':
    case 'trial':
    case 'step':
    case 'metrics':
    case 'pulls':
    case 'eased':
    case 'quality':
    case 'derived':
      return null;
    default:
      return event satisfies never;
  }
}
