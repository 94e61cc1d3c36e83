import type { ReactNode } from 'react';
import { metricTexts } from '../core/cost/metricTexts';
import { say } from '../core/language/say';
import { CostChart } from './CostView';
import { WalkView } from './glance/WalkView';
import { ScoreChart } from './QualityView';
import { useStrategy } from './useStrategy';
import { useCurves, useTask, useWorkbenchState } from './useWorkbench';

interface ListedChart {
  readonly title: string;
  /** @param height of the plot in pixels */
  readonly draw: (height: number) => ReactNode;
}

/** The charts of the shown run that are worth a place of their own, the most telling first. */
export function useChartList(): readonly ListedChart[] {
  const curves = useCurves();
  const { validation } = useTask();
  const limited = useWorkbenchState(({ targets }) => Object.keys(targets).length);
  const gradients = useStrategy()?.gradients ?? true;
  return [
    ...(limited > 1 ? [{ title: say('The way into the corner'), draw: (height: number) => <WalkView height={height} /> }] : []),
    { title: say(validation.label), draw: (height) => <ScoreChart of="quality" curves={curves} height={height} /> },
    { title: say('Loss'), draw: (height) => <ScoreChart of="loss" curves={curves} height={height} /> },
    ...(gradients ? [...curves.costs.keys()] : []).map((metric) => ({
      title: say(metricTexts[metric].name),
      draw: (height: number) => <CostChart metric={metric} curves={curves} height={height} />,
    })),
  ];
}
