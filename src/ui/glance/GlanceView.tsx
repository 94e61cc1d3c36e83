import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { usePointed } from '../pointed';
import { useTask, useWorkbenchState } from '../useWorkbench';
import { Gauges } from './Gauges';
import { useLimits, useMoved } from './useLimits';
import './GlanceView.css';

/** What a run is about in one line, and how close it is: a gauge for each limited cost, and the quality. */
export function GlanceView() {
  const limited = useLimited();
  const { place, isPointed } = usePointed('glance');
  return (
    <section ref={place} className={`panel ${isPointed ? 'pointed' : ''}`} aria-label={say('At a glance')}>
      <RunSentence />
      <MovedNote />
      <Gauges limited={limited} />
    </section>
  );
}

/** The metrics with a limit, in order. */
function useLimited(): readonly MetricId[] {
  const limits = useLimits();
  const space = useWorkbenchState((state) => state.space);
  return space?.table.metrics.map(({ id }) => id).filter((id) => limits[id] !== undefined) ?? [];
}

/** Targets that were moved too late for the network that is shown. */
function MovedNote() {
  const moved = useMoved();
  const live = useWorkbenchState((state) => state.live);
  if (!live || !moved) return null;
  return (
    <p className="hint">{say('The targets were moved after this network was chosen. Derive again or search anew to meet the new ones.')}</p>
  );
}

/** What the run that is shown is about, or what it has found. */
export function RunSentence() {
  const limited = useLimited();
  const { result, chosen, state } = useWorkbenchState(({ run }) => run);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const targets = useLimits();
  const { network: seed, example } = useTask();
  const network = say(seed);
  const loading = useWorkbenchState(({ space, loadingData }) => space === null && loadingData);
  const what = useWorkbenchState((state) => searchesOf(state).join());
  if (result && chosen?.trained) return <p>{foundText(result.constraints)}</p>;
  if (chosen)
    return (
      <p>
        {state === 'paused'
          ? say('A network is chosen. Its training is paused.')
          : busy
            ? say('A network is chosen, and trains on.')
            : say('A network was chosen. Its training ended early.')}
      </p>
    );
  // What can be searched, and within which limits, is not known before.
  if (loading)
    return <p>{say('Loading the {examples} of this task. The limits of its search follow.', { examples: say(example.many) })}</p>;
  const limits = limitsText(limited.map((metric) => ({ metric, target: targets[metric] as number })));
  if (busy)
    return (
      <p>
        {limited.length > 0
          ? say(
              '{what, select, channels {Searching for channels of {network} that fit into {limits}.} other {Searching, among changes of {network}, for a network that fits into {limits}.}}',
              { what, network, limits },
            )
          : say(
              '{what, select, channels {Searching for the channels of {network} that are worth keeping.} other {Searching, among changes of {network}, for a network that is as good as it can be.}}',
              { what, network },
            )}
      </p>
    );
  if (state === 'failed' || state === 'stopped') return <p>{say('The search ended before it found a network.')}</p>;
  return (
    <p>
      {limited.length > 0
        ? say(
            '{what, select, channels {Press Start to search for channels of {network} that fit into {limits}.} other {Press Start to search, among changes of {network}, for a network that fits into {limits}.}}',
            { what, network, limits },
          )
        : say(
            '{what, select, channels {Press Start to search for the channels of {network} that are worth keeping.} other {Press Start to search, among changes of {network}, for a network that is as good as it can be.}}',
            { what, network },
          )}
    </p>
  );
}

interface Limit {
  readonly metric: MetricId;
  readonly target: number;
}

function foundText(constraints: readonly (Limit & { readonly met: boolean })[]): string {
  if (constraints.length === 0) return say('Found a network that has no limits.');
  if (constraints.some(({ met }) => !met)) return say('Found a network that misses a target.');
  return say('Found a network that fits into {limits}.', { limits: limitsText(constraints) });
}

/** "60 kB of flash memory and 5 ms of latency"; empty for none. */
function limitsText(limits: readonly Limit[]): string {
  return limits
    .map(({ metric, target }) => say('{value} of {metric}', { value: metricText(metric, target), metric: say(metricTexts[metric].word) }))
    .reduce((these, that) => (these ? say('{these} and {that}', { these, that }) : that), '');
}
