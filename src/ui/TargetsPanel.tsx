import { smallestReachable, shortfallText } from '../core/search/constraints';
import { defaultTargets } from '../core/search/settings';
import { leastText, metricText, metricTexts } from '../core/search/units';
import type { MetricId } from '../core/cost/metrics';
import { Panel } from './Panel';
import { useWorkbench, useWorkbenchState } from './useWorkbench';

const metrics = Object.keys(defaultTargets) as (keyof typeof defaultTargets)[];

/** The two sliders that everything is about. They act at once, also on a search that is running. */
export function TargetsPanel() {
  const shortfall = useWorkbenchState((state) => state.shortfall);
  return (
    <Panel title="Targets" hint="For the device GAP8 at 100 MHz. Move them at any time, also while a search runs.">
      {metrics.map((metric) => (
        <TargetSlider key={metric} metric={metric} />
      ))}
      {shortfall && (
        <p className="error" role="alert">
          No network in this space meets both. {shortfallText(shortfall)}
        </p>
      )}
    </Panel>
  );
}

function TargetSlider({ metric }: { metric: MetricId }) {
  const workbench = useWorkbench();
  const target = useWorkbenchState((state) => state.targets[metric] as number);
  const space = useWorkbenchState((state) => state.space);
  const { name, unit, perUnit } = metricTexts[metric];
  const least = space ? (smallestReachable(space.table, metric) as number) : 0;
  const most = space ? (space.seedCosts[metric] as number) : target;
  // Multiplying can add a digit far behind the point, which would make a least value unreachable.
  const move = (shown: number) => workbench.moveTarget(metric, Number((shown * perUnit).toPrecision(12)));
  return (
    <div className="target">
      <label htmlFor={`target-${metric}`}>{name}</label>
      <span className="target-value">
        at most{' '}
        <input
          type="number"
          aria-label={`${name} target in ${unit}`}
          value={Number((target / perUnit).toPrecision(4))}
          min={0}
          step="any"
          onChange={({ target: { valueAsNumber: shown } }) => shown > 0 && move(shown)}
        />{' '}
        {unit}
      </span>
      <input
        id={`target-${metric}`}
        type="range"
        disabled={!space}
        min={least / perUnit}
        max={most / perUnit}
        step="any"
        value={target / perUnit}
        aria-valuetext={`at most ${metricText(metric, target)}`}
        onChange={({ target: { valueAsNumber: shown } }) => move(shown)}
      />
      {space && (
        <span className="range">
          <span>{leastText(metric, least)} (least)</span>
          <span>{metricText(metric, most)} (seed network)</span>
        </span>
      )}
    </div>
  );
}
