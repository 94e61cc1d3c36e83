import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import { say, word } from '../core/language/say';
import type { Curves, TargetMove } from '../store/curves';
import { lastOfEachDrag } from '../store/lastOfEachDrag';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { useGrowing } from './charts/SharedTime';
import { useMemo } from './language/memo';
import { Panel } from './Panel';
import { useChannelGroups } from './useChannelGroups';
import { useCurves } from './useWorkbench';

/** Expected costs and their targets over the training steps. */
export function CostView() {
  const curves = useCurves();
  const channels = useChannelGroups().length > 0;
  return (
    <Panel title={say('Cost')} part="cost" hint={say(channels ? channelsHint : candidatesHint)}>
      <div className="charts two">
        {[...curves.costs.keys()].map((metric) => (
          <CostChart key={metric} metric={metric} curves={curves} />
        ))}
      </div>
    </Panel>
  );
}

const candidatesHint = word(
  'What the network would cost on average if its candidates were drawn by their weights. The search pushes each line into the band under its target. Upright lines: a target was moved.',
);
const channelsHint = word(
  'What the network would cost with the channels that are counted now. The search pushes each line into the band under its target. Upright lines: a target was moved.',
);

/** An expected cost and its target over the training steps, with a mark where a target was moved. */
export function CostChart({ metric, curves, height }: { metric: MetricId; curves: Curves; height?: number }) {
  const { name, unit, perUnit } = metricTexts[metric];
  const moves = useGrowing(curves, ({ targetMoves }) => targetMoves);
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.costs.get(metric);
    if (!curve) return [];
    return [
      { curve, column: 0, label: word('expected'), colour: 'var(--line-1)' },
      { curve, column: 1, label: word('target'), colour: 'var(--target)', dashed: true, band: true },
    ];
  }, [curves, metric]);
  // Moves of other targets are marked too, since every cost follows them, each at the first step that they hold for.
  const marks = useMemo(
    () => lastOfEachDrag(moves).map((move) => ({ step: move.step + 1, label: move.metric === metric ? targetText(move) : '' })),
    [moves, metric],
  );
  return <CurveChart title={say(name)} unit={unit} perUnit={perUnit} lines={lines} marks={marks} {...(height && { height })} />;
}

const targetText = ({ metric, target }: TargetMove) =>
  target === null ? say('no target') : say('to {value}', { value: metricText(metric, target) });
