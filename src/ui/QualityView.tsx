import type { Quality } from '../core/tasks/task';
import { say, word } from '../core/language/say';
import { easingText } from '../core/search/divergence';
import type { Curves } from '../store/curves';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { useGrowing } from './charts/SharedTime';
import { useMemo } from './language/memo';
import { Panel } from './Panel';
import { useStrategy } from './useStrategy';
import { useCurves, useTask } from './useWorkbench';

/** How well the network does while it learns. @param height of each chart, in pixels */
export function QualityView({ height }: { height: number }) {
  const curves = useCurves();
  const { validation, example } = useTask();
  const turns = useStrategy()?.options.includes('networks') ?? false;
  const examples = say(example.many);
  return (
    <Panel
      title={say(validation.label)}
      part="quality"
      hint={
        turns
          ? say('Validation {examples} are never learnt from. Networks on trial take turns, so both lines jump.', { examples })
          : say('Validation {examples} are never learnt from.', { examples })
      }
    >
      <div className="charts two">
        <ScoreChart of="quality" curves={curves} height={height} />
        <ScoreChart of="loss" curves={curves} height={height} />
      </div>
    </Panel>
  );
}

/** A quality in percent is drawn as a fraction of 1. */
const axisOf = ({ unit }: Quality) => (unit === '%' ? { unit: say('fraction'), top: 1 } : { unit });

/** What is learnt over the training steps: its quality, or its loss. */
export function ScoreChart({ of, curves, height }: { of: 'quality' | 'loss'; curves: Curves; height?: number }) {
  const { validation, lossUnit } = useTask();
  const axis = of === 'quality' ? { title: say(validation.label), ...axisOf(validation) } : { title: say('Loss'), unit: lossUnit };
  const lines = useMemo<LineSpec[]>(
    () => [
      { curve: curves.training[of], column: 0, label: word('training'), colour: 'var(--line-1)' },
      { curve: curves.validation[of], column: 0, label: word('validation'), colour: 'var(--line-2)', dots: true },
      { curve: curves.derived[of], column: 0, label: word('found network'), colour: 'var(--line-3)', dots: true },
    ],
    [curves, of],
  );
  const phases = useGrowing(curves, ({ phaseMarks }) => phaseMarks);
  const easings = useGrowing(curves, (all) => all.easings);
  // Phases are named above the plot.
  const marks = useMemo(
    () =>
      [
        ...phases.map(({ step }) => ({ step, label: '' })),
        ...easings.map(({ step, easing }) => ({ step, label: say('went back with {change}', { change: easingText(easing) }) })),
      ].toSorted((a, b) => a.step - b.step),
    [phases, easings],
  );
  return <CurveChart lines={lines} marks={marks} named {...axis} {...(height && { height })} />;
}
