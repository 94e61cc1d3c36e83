import { useState } from 'react';
import { wholeRange } from '../../core/config/domain';
import type { MetricId } from '../../core/cost/metrics';
import { caution, MOST_RANDOM, pointsOf, verdict } from '../../core/runs/comparisonText';
import { durationText, progressText, type Progress } from '../../core/runs/progress';
import { alikeEpochs } from '../../core/search/alikeEpochs';
import type { SearchResult } from '../../core/search/events';
import { say, word } from '../../core/language/say';
import { workText } from '../../core/words';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { useMemo } from '../language/memo';
import { Panel } from '../Panel';
import { NumberField } from '../setup/NumberField';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { ComparisonChart } from './ComparisonChart';
import { ComparisonTable } from './ComparisonTable';
import './ComparisonView.css';

const LABEL = word('Random networks');
const FIRST_RANDOM = 5;
/** Networks that every comparison trains: two largest ones at most, and the found one. */
const FIXED = 3;

/** Trains other networks like the search's to see what the search has gained. */
export function ComparisonView() {
  const result = useWorkbenchState(({ run }) => run.result);
  const [random, setRandom] = useState(FIRST_RANDOM);
  const live = useWorkbenchState((state) => state.live);
  if (!result || (!live && !result.comparison)) return null;
  return (
    <Panel title={say('Was the search worth it?')} part="comparison">
      <Answer result={result} />
      <Effort result={result} />
      {live && <Offer result={result} random={random} setRandom={setRandom} />}
      <Networks result={result} />
    </Panel>
  );
}

function Answer({ result }: { result: SearchResult }) {
  const { quality, example } = useTask();
  const count = useWorkbenchState(({ run }) => run.asked?.data.testCount ?? 0);
  const comparing = useWorkbenchState(({ run }) => run.comparing);
  const answer = verdict(result, quality);
  if (answer === null) return null;
  return (
    <>
      <p className="answer">{comparing ? say('So far: {answer}', { answer }) : answer}</p>
      <p className="hint">{caution(result, quality, count, say(example.many))}</p>
    </>
  );
}

/** What the search took; old run files do not tell its work. */
function Effort({ result: { trainedMacs, timing } }: { result: SearchResult }) {
  if (!Number.isFinite(trainedMacs)) return null;
  const words = { time: durationText(timing.totalMs), work: workText(trainedMacs) };
  return <p className="hint">{say('The search took {time} and {work} multiply-accumulates of training.', words)}</p>;
}

function Offer({ result, random, setRandom }: { result: SearchResult; random: number; setRandom: (random: number) => void }) {
  const workbench = useWorkbench();
  const { example } = useTask();
  const { asked, comparing, comparisonMs, progress, state } = useWorkbenchState(({ run }) => run);
  const searches = useWorkbenchState((state) => searchesOf(state).length);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const refused = useWorkbenchState(({ refused }) => refused.includes(say(LABEL)));
  const done = new Set((result.comparison ?? []).map(({ as }) => as));
  const first = !done.has('found');
  const missing = first ? FIXED - done.size : 0;
  const others = done.has('random')
    ? say('{count, plural, one {# more random network} other {# more random networks}}', { count: random })
    : say('{count, plural, one {# random network} other {# random networks}}', { count: random });
  const limited = result.constraints.length > 0;
  const trained = first
    ? limited
      ? say('the largest network that meets the targets, the found one and {others}', { others })
      : say('the largest network, the found one and {others}', { others })
    : others;
  return (
    <>
      {!comparing && (
        <p className="hint">
          {say(
            'Trains {networks}, each from scratch for {epochs, plural, one {# epoch} other {# epochs}} on the same {examples}, and measures them on the test {examples}.',
            { networks: trained, epochs: asked ? alikeEpochs(asked.config, searches) : 0, examples: say(example.many) },
          )}
          {comparisonMs !== null && ` ${say('Takes about {time}.', { time: durationText(comparisonMs * (missing + random)) })}`}
        </p>
      )}
      <div className="random">
        <NumberField
          label={say(LABEL)}
          value={random}
          range={wholeRange(1, MOST_RANDOM)}
          disabled={busy}
          onChange={(value) => value !== null && setRandom(value)}
        />
      </div>
      <div className="buttons">
        <button data-focus="next" disabled={busy || refused} onClick={() => void workbench.compare(random)}>
          {comparing ? say('Training them …') : first ? say('Train them to compare') : say('Train {networks}', { networks: others })}
        </button>
        {comparing && (
          <button data-focus="next" onClick={() => void workbench.stop()}>
            {say('Stop comparing')}
          </button>
        )}
      </div>
      {comparing && progress && (
        <p className="hint">
          {say('{progress}. What is trained stays when you stop.', { progress: underWay(progress, state === 'paused') })}
        </p>
      )}
    </>
  );
}

function underWay(progress: Progress, paused: boolean): string {
  const { leftMs, stepsPerSecond } = progress;
  const left = leftMs === null || stepsPerSecond === null ? [] : [say('about {time} left', { time: durationText(leftMs) })];
  const text = [progressText(progress), ...left].join(say(', '));
  return paused ? say('{progress} (paused)', { progress: text }) : text;
}

function Networks({ result }: { result: SearchResult }) {
  const { quality } = useTask();
  const points = useMemo(() => pointsOf(result), [result]);
  if (!result.comparison) return null;
  const limits = [...result.constraints, ...result.objectives];
  const drawn = withFirst<MetricId>(
    'flashBytes',
    limits.map(({ metric }) => metric),
  );
  return (
    <>
      <div className="charts two">
        {drawn.map((metric) => (
          <ComparisonChart
            key={metric}
            metric={metric}
            quality={quality}
            result={result}
            target={limits.find((limit) => limit.metric === metric)?.target ?? null}
          />
        ))}
      </div>
      <ComparisonTable points={points} metrics={[...new Set([...drawn, 'params', 'macs'] as const)]} quality={quality} />
    </>
  );
}

const withFirst = <T,>(first: T, others: readonly T[]): T[] => [...new Set([first, ...others])];
