/** What each event changes in the run as it is shown. */
import { phaseNames } from '../core/search/phaseNames';
import type { WireEvent } from '../protocol/protocol';
import type { RunView } from './state';

export function reduceRun(run: RunView, event: WireEvent): RunView {
  switch (event.kind) {
    case 'state':
      return {
        ...run,
        state: event.state,
        starting: false,
        searched: event.searched,
        error: event.error?.message ?? (event.state === 'running' ? null : run.error),
        activity: event.state === 'running' || event.state === 'paused' ? run.activity : null,
      };
    case 'preparing':
      return { ...run, activity: `Preparing the ${phaseNames[event.phase]}: ${event.done} of ${event.total} kernels compiled` };
    case 'phase':
      return { ...run, implementation: event.implementation, activity: `Starting the ${phaseNames[event.phase]}` };
    case 'step':
      return { ...run, activity: null };
    case 'epoch':
      return run;
    case 'accuracy':
      return { ...run, accuracies: { ...run.accuracies, [event.of]: event.accuracy } };
    case 'derived':
      return {
        ...run,
        choice: event.choice,
        channels: event.channels,
        derivedCosts: event.costs,
        activity: 'Estimating batch-norm statistics of the derived network',
      };
    case 'targets':
      return { ...run, resultTargets: event.targets };
    case 'result':
      return { ...run, result: event.result, choice: event.result.choice, accuracies: event.result.accuracy };
    case 'masks':
      return { ...run, groups: event.groups, table: event.table };
    case 'started':
    case 'metrics':
      return run;
    default:
      return event satisfies never;
  }
}
