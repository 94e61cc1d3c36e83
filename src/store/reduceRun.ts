/** What each event changes in the run as it is shown. */
import { easingsAfter } from '../core/search/divergence';
import { comparesOnly, withCompared, type SearchResult } from '../core/search/events';
import { phaseNames } from '../core/search/phaseNames';
import { sayLater } from '../core/language/told';
import type { WireEvent } from '../protocol/protocol';
import type { RunView, TrialView } from './state';

/** What is shown of a result. A derivation that was stopped goes back to it. */
const shownOf = ({ choice, channels, costs, quality: { id: _, ...qualities } }: SearchResult) => ({
  choice,
  channels,
  chosen: { costs: costs.final, trained: true },
  qualities,
});

export function reduceRun(run: RunView, event: WireEvent): RunView {
  switch (event.kind) {
    case 'state': {
      // A start first resets the run before, which sends one last state, idle.
      const starting = run.starting && event.state === 'idle';
      const under = starting || event.state === 'running' || event.state === 'paused';
      return {
        ...run,
        ...(!under && run.result && { ...shownOf(run.result), resultTargets: run.finishedTargets, trials: run.finishedTrials }),
        state: event.state,
        starting,
        comparing: under && run.comparing,
        searched: event.searched,
        easings: run.asked && !run.result ? easingsAfter(event.error ?? null, run.asked.config) : [],
        failure: event.error ?? null,
        error: event.error?.message ?? (event.state === 'running' ? null : run.error),
        activity: under ? run.activity : null,
      };
    }
    case 'preparing': {
      const { done, total } = event;
      return {
        ...run,
        activity: sayLater('Preparing the {phase}: {done} of {total} kernels compiled', {
          phase: sayLater(phaseNames[event.phase]),
          done,
          total,
        }),
      };
    }
    case 'phase':
      return {
        ...run,
        implementation: event.implementation,
        activity: sayLater('Starting the {phase}', { phase: sayLater(phaseNames[event.phase]) }),
        // Another derivation tries its networks out anew.
        trials: event.phase === 'trials' ? [] : run.trials,
      };
    case 'step':
      return { ...run, activity: null, unsaved: true };
    case 'epoch':
      return run;
    case 'quality':
      return { ...run, qualities: { ...run.qualities, [event.of]: event.quality } };
    case 'derived': {
      // Those of another network, which a derivation before has found.
      const { derived: _, final: __, ...qualities } = run.qualities;
      return {
        ...run,
        choice: event.choice,
        channels: event.channels,
        chosen: { costs: event.costs, trained: false },
        qualities,
        activity: sayLater('Estimating batch-norm statistics of the found network'),
      };
    }
    case 'targets':
      return { ...run, resultTargets: event.targets };
    case 'result':
      return { ...run, result: event.result, ...shownOf(event.result), finishedTargets: run.resultTargets, finishedTrials: run.trials };
    case 'masks':
      return { ...run, chosen: null, groups: event.groups, table: event.table, channelCosts: event.channelCosts ?? {} };
    case 'started':
      return { ...run, warnings: event.warnings, fitting: event.fitting ?? null };
    case 'kept': {
      const { kind: _, ...kept } = event;
      return { ...run, kept };
    }
    case 'ranking':
      return {
        ...run,
        activity:
          event.done < event.total ? sayLater('Ranking networks: {done} of {total}', { done: event.done, total: event.total }) : null,
      };
    case 'planned':
      if (event.phases.every(({ phase }) => !comparesOnly(phase))) return run;
      return { ...run, activity: sayLater('Getting ready'), comparing: event.phases.some(({ phase }) => phase === 'comparison') };
    case 'compared':
      return run.result ? { ...run, result: withCompared(run.result, event) } : run;
    case 'trial':
      return { ...run, trials: withTrial(run.trials, event) };
    case 'metrics':
    case 'pulls':
    case 'eased':
      return run;
    default:
      return event satisfies never;
  }
}

/** A network that has had a turn before stays in its place. */
function withTrial(
  trials: readonly TrialView[],
  { choice, channels, costs, epochs, trainLoss, validationQuality }: TrialView,
): TrialView[] {
  const trial = { choice, channels, costs, epochs, trainLoss, validationQuality };
  const key = (one: TrialView) => JSON.stringify([one.choice, one.channels]);
  const at = trials.findIndex((other) => key(other) === key(trial));
  return at < 0 ? [...trials, trial] : trials.with(at, trial);
}
