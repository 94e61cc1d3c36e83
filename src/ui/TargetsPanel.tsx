import { numberRange } from '../core/config/domain';
import { shortfallText } from '../core/search/constraints/sentences';
import { greatestTarget, targetRange } from '../core/search/constraints/targets';
import { leastText, metricText, metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import { say, sayMarked } from '../core/language/say';
import type { SpaceSummary } from '../protocol/protocol';
import { isBusy } from '../store/isBusy';
import { Panel } from './Panel';
import { numberProblem, typedNumber } from './typedNumber';
import { Warnings } from './Warnings';
import { useDraft } from './useDraft';
import { useWorkbench, useWorkbenchState } from './useWorkbench';
import './TargetsPanel.css';

/** The targets. Their sliders act at once, also on a running search. */
export function TargetsPanel() {
  const space = useWorkbenchState((state) => state.space);
  const loading = useWorkbenchState((state) => state.loadingData);
  return (
    <Panel
      title={say('Targets')}
      part="targets"
      hint={
        space
          ? say('For {device}. Move them at any time, also while a search runs.', { device: space.device.name })
          : loading && say('Working out what there is to search …')
      }
    >
      {space && <Targets space={space} />}
    </Panel>
  );
}

function Targets({ space }: { space: SpaceSummary }) {
  const targets = useWorkbenchState((state) => state.targets);
  const shortfall = useWorkbenchState((state) => (isBusy(state.run) ? state.runShortfall : state.shortfall));
  // Once the search for candidates is over, only networks that pruning can make of the found one are left.
  const narrowed = useWorkbenchState(({ run }) => isBusy(run) && run.table !== null);
  const limited = space.table.metrics.map(({ id }) => id).filter((id) => targets[id] !== undefined);
  return (
    <>
      {limited.map((metric) => (
        <TargetSlider key={metric} metric={metric} space={space} />
      ))}
      {shortfall && (
        <p className="error" role="alert">
          {say(
            'No {what, select, channels {choice of channels} other {network in this space}} meets {limits, plural, one {it} =2 {both} other {them all}}. {shortfall}',
            { what: narrowed ? 'channels' : 'networks', limits: limited.length, shortfall: shortfallText(shortfall) },
          )}
        </p>
      )}
      <Warnings of={space.warnings} />
      <Limits space={space} />
    </>
  );
}

function TargetSlider({ metric, space }: { metric: MetricId; space: SpaceSummary }) {
  const workbench = useWorkbench();
  const target = useWorkbenchState((state) => state.targets[metric] as number);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const { unit, perUnit } = metricTexts[metric];
  const name = say(metricTexts[metric].name);
  const { least, most } = targetRange(space, metric);
  const taken = numberRange(0, greatestTarget(space, metric) / perUnit, 'least');
  const seed = space.seedCosts[metric] as number;
  // Multiplying can change a last digit, which would put the least value just below what the space reaches.
  const move = (shown: number) => workbench.moveTarget(metric, Number((shown * perUnit).toPrecision(12)));
  const label = unit ? say('{metric} target in {unit}', { metric: name, unit }) : say('{metric} target', { metric: name });
  const { text, problem, onChange, onKeyDown, onBlur } = useDraft({
    label,
    shown: String(Number((target / perUnit).toPrecision(4))),
    problemOf: (typed) => numberProblem(typed, taken),
    take: (typed) => move(typedNumber(typed)),
    // While a person types "30", a running search would already follow the "3".
    atOnce: !busy,
  });
  return (
    <div className="target">
      <label htmlFor={`target-${metric}`}>{name}</label>
      <span>
        {sayMarked('at most {number} {unit}', {
          number: (
            <input
              key="number"
              inputMode="decimal"
              aria-label={label}
              value={text}
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : `problem-${metric}`}
              onChange={onChange}
              onKeyDown={onKeyDown}
              onBlur={onBlur}
            />
          ),
          unit,
        })}
      </span>
      {problem !== null && (
        <span className="error" id={`problem-${metric}`} role="alert">
          {problem}
        </span>
      )}
      <input
        id={`target-${metric}`}
        type="range"
        disabled={least >= most}
        min={least / perUnit}
        max={most / perUnit}
        step="any"
        value={target / perUnit}
        aria-valuetext={say('at most {value}', { value: metricText(metric, target) })}
        onChange={({ target: { valueAsNumber: shown } }) => move(shown)}
      />
      <span className="range">
        <span>
          {least < most
            ? say('{value} (least)', { value: leastText(metric, least) })
            : say('{value} (every network needs that)', { value: leastText(metric, least) })}
        </span>
        {least < most && (
          <span>
            {most < seed
              ? say('{value} (all the device has)', { value: metricText(metric, most) })
              : say('{value} (seed network)', { value: metricText(metric, most) })}
          </span>
        )}
      </span>
    </div>
  );
}

/** Chooses which costs are limited. The choice is fixed while a search runs. */
function Limits({ space }: { space: SpaceSummary }) {
  const workbench = useWorkbench();
  const targets = useWorkbenchState((state) => state.targets);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const { flashBytes, ramBytes } = space.device;
  const capacities: Partial<Record<MetricId, number | null>> = { flashBytes, ramBytes };
  /** Whether a person cannot remove the limit, since the device has no more memory. */
  const forced = (metric: MetricId) => (space.largestCosts[metric] as number) > (capacities[metric] ?? Infinity);
  return (
    <details className="limits">
      <summary>{say('Limits on other costs')}</summary>
      <fieldset disabled={busy}>
        <legend className="visually-hidden">{say('Limited costs')}</legend>
        {space.table.metrics.map(({ id }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={targets[id] !== undefined}
              disabled={forced(id)}
              onChange={(event) => workbench.limit(id, event.target.checked)}
            />
            {forced(id)
              ? say('Limit {metric} (the device has no more)', { metric: say(metricTexts[id].word) })
              : say('Limit {metric}', { metric: say(metricTexts[id].word) })}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
