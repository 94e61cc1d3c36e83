import { useMemo, useState } from 'react';
import { wholeRange } from '../../core/config/domain';
import type { MetricId } from '../../core/cost/metrics';
import { caution, MOST_RANDOM, pointsOf, verdict } from '../../core/runs/comparisonText';
import { durationText, progressText } from '../../core/runs/progress';
import { alikeEpochs } from '../../core/search/alikeEpochs';
import type { SearchResult } from '../../core/search/events';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { Panel } from '../Panel';
import { NumberField } from '../setup/NumberField';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { ComparisonChart } from './ComparisonChart';
import { ComparisonTable } from './ComparisonTable';
import './ComparisonView.css';

const LABEL = 'Random networks';
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
    <Panel title="Was the search worth it?" part="comparison">
      <Answer result={result} />
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
      <p className="answer">
        {comparing && 'So far: '}
        {answer}
      </p>
      <p className="hint">{caution(result, quality, count, example.many)}</p>
    </>
  );
}

function Offer({ result, random, setRandom }: { result: SearchResult; random: number; setRandom: (random: number) => void }) {
  const workbench = useWorkbench();
  const { example } = useTask();
  const { asked, comparing, comparisonMs, progress, state } = useWorkbenchState(({ run }) => run);
  const searches = useWorkbenchState((state) => searchesOf(state).length);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const refused = useWorkbenchState(({ refused }) => refused.includes(LABEL));
  const done = new Set((result.comparison ?? []).map(({ as }) => as));
  const first = !done.has('found');
  const missing = first ? FIXED - done.size : 0;
  const fits = result.constraints.length > 0 ? ' that meets the targets' : '';
  const others = `${random} ${done.has('random') ? 'more ' : ''}random ${random === 1 ? 'network' : 'networks'}`;
  const trained = first ? `the largest network${fits}, the found one and ${others}` : others;
  return (
    <>
      {!comparing && (
        <p className="hint">
          Trains {trained}, each from scratch for {asked && epochsText(alikeEpochs(asked.config, searches))} on the same {example.many}, and
          measures them on the test {example.many}.
          {comparisonMs !== null && ` Takes about ${durationText(comparisonMs * (missing + random))}.`}
        </p>
      )}
      <div className="random">
        <NumberField
          label={LABEL}
          value={random}
          range={wholeRange(1, MOST_RANDOM)}
          disabled={busy}
          onChange={(value) => value !== null && setRandom(value)}
        />
      </div>
      <div className="buttons">
        <button disabled={busy || refused} onClick={() => void workbench.compare(random)}>
          {comparing ? 'Training them …' : first ? 'Train them to compare' : `Train ${others}`}
        </button>
        {comparing && <button onClick={() => void workbench.stop()}>Stop comparing</button>}
      </div>
      {comparing && progress && (
        <p className="hint">
          {progressText(progress)}
          {progress.leftMs !== null && progress.stepsPerSecond !== null && `, about ${durationText(progress.leftMs)} left`}
          {state === 'paused' && ' (paused)'}. What is trained stays when you stop.
        </p>
      )}
    </>
  );
}

const epochsText = (epochs: number) => (epochs === 1 ? '1 epoch' : `${epochs} epochs`);

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
            points={points}
            target={limits.find((limit) => limit.metric === metric)?.target ?? null}
          />
        ))}
      </div>
      <ComparisonTable points={points} metrics={[...new Set([...drawn, 'params', 'macs'] as const)]} quality={quality} />
    </>
  );
}

const withFirst = <T,>(first: T, others: readonly T[]): T[] => [...new Set([first, ...others])];
