/** What a screen reader announces of a run: warnings, phases, epochs, the result and errors, but no single steps. */
import { capital } from '../core/words';
import { phaseNames } from '../core/search/phaseNames';
import { shortfallText } from '../core/search/constraints/sentences';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import { comparedNames } from '../core/runs/comparisonText';
import { qualityText, type Task } from '../core/tasks/task';
import type { WireEvent } from '../protocol/protocol';

/** Null for events that are not worth a word. */
export function announcementFor(event: WireEvent, { quality, validation }: Pick<Task, 'quality' | 'validation'>): string | null {
  const name = quality.word;
  switch (event.kind) {
    case 'phase':
      return `${capital(phaseNames[event.phase])} started.`;
    case 'epoch':
      // Each of those networks is told of once it is trained.
      if (event.phase === 'comparison') return null;
      return `${capital(phaseNames[event.phase])}, epoch ${event.epoch} done: validation ${validation.word} ${qualityText(validation, event.validationQuality)}.`;
    case 'targets':
      return event.shortfall && `These targets cannot be met. ${shortfallText(event.shortfall)}`;
    case 'result': {
      const { constraints, quality: found } = event.result;
      const costs = constraints.map(
        ({ metric, value, met }) => `${metricTexts[metric].word} ${metricText(metric, value)}, target ${met ? 'met' : 'missed'}`,
      );
      return `Search finished: ${[`${name} ${qualityText(quality, found.final)}`, ...costs].join(', ')}.`;
    }
    case 'compared':
      return `${capital(comparedNames[event.as])}: ${name} ${qualityText(quality, event.quality)}.`;
    case 'state':
      if (event.error) return event.error.message;
      return event.state === 'stopped' ? 'Stopped.' : null;
    case 'started':
      return event.warnings.length > 0 ? event.warnings.join(' ') : null;
    case 'kept':
      return event.problem;
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
