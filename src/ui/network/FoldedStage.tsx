import { useRef } from 'react';
import type { MetricId } from '../../core/cost/metrics';
import { metricTexts } from '../../core/cost/metricTexts';
import type { ChannelGroup } from '../../core/network/channels';
import { locale, say } from '../../core/language/say';
import { candidateName } from '../candidateNames';
import { candidateColour } from '../charts/colours';
import { useMemo } from '../language/memo';
import { useWorkbenchState } from '../useWorkbench';
import type { Block, Box } from './boxes';
import { blocksText, layersText } from './describe';
import { useExpectedCosts } from './ExpectedCosts';
import { costOf } from './shares';
import { KeptBar } from './KeptBar';
import { useLatestWeights } from './useLatestWeights';

/** Blocks in one box: their costs, and a line for each with what is searched in it. */
export function FoldedStage({ box, blocks, groups }: { box: Box; blocks: readonly Block[]; groups: readonly ChannelGroup[] }) {
  return (
    <>
      <span className="place">
        {box.members.every(({ op }) => op === null)
          ? say('{count, plural, one {# searched place} other {# searched places}}', { count: box.members.length })
          : [blocksText(blocks.length), layersText(box.members.length)].join(say(', '))}
      </span>
      <small>{blocks.at(-1)?.boxes.at(-1)?.members[0]?.outputShape.join('×')}</small>
      <StageCosts box={box} />
      <ul className="blocks">
        {blocks.map((block) => (
          <BlockLine key={block.id} block={block} groups={groups} />
        ))}
      </ul>
    </>
  );
}

/** Flash memory and latency, or what there is of them. */
function StageCosts({ box }: { box: Box }) {
  const costs = useExpectedCosts();
  const shown = (['flashBytes', 'latencyMs'] as const).filter((metric) => costs.metrics.includes(metric));
  return (
    <span className="stage-costs">
      {shown.map((metric) => (
        <span key={metric}>
          <span className="visually-hidden">{say(metricTexts[metric].name)}: </span>
          {shortCost(metric, costOf(costs, box.members, metric))}
        </span>
      ))}
    </span>
  );
}

/** Three digits are enough here. */
function shortCost(metric: MetricId, cost: number): string {
  const { unit, perUnit } = metricTexts[metric];
  return `${(cost / perUnit).toLocaleString(locale(), { maximumSignificantDigits: 3 })} ${unit}`;
}

/** The candidates' weights in a block, or the part of its channels that is kept. */
function BlockLine({ block, groups }: { block: Block; groups: readonly ChannelGroup[] }) {
  const place = useRef<HTMLLIElement>(null);
  const mixed = useMemo(() => block.boxes.flatMap(({ members }) => members.filter(({ op }) => op === null)), [block]);
  const ids = useMemo(() => mixed.map(({ id }) => id), [mixed]);
  const weights = useLatestWeights(ids, place);
  const choice = useWorkbenchState(({ run }) => run.choice);
  const names = [...new Set(mixed.flatMap(({ candidates }) => candidates))];
  const parts = names.map((name) => {
    const of = mixed.map(({ id, candidates }, at) => {
      if (choice) return Number(choice[id] === name);
      const index = candidates.indexOf(name);
      return index < 0 ? 0 : (weights[at]?.[index] ?? 1 / candidates.length);
    });
    return { name, part: of.reduce((sum, one) => sum + one, 0) / mixed.length };
  });
  const likeliest = parts.toSorted((a, b) => b.part - a.part)[0];
  return (
    <li ref={place}>
      <span>{block.id}</span>
      {likeliest ? (
        <span className="block-bar">
          {parts.map(({ name, part }) => (
            <span key={name} aria-hidden="true" style={{ flexGrow: part, background: candidateColour(name) }} />
          ))}
          <span className="visually-hidden">
            {say('mostly {candidate}, {percent} %', {
              candidate: candidateName(likeliest.name),
              percent: Math.round(100 * likeliest.part),
            })}
          </span>
        </span>
      ) : (
        <KeptBar block={block} groups={groups} />
      )}
    </li>
  );
}
