/** Takes the settings of the link that the page was opened with, and says what it has set. Loaded only for such links. */
import { useEffect, useState } from 'react';
import type { Objective } from '../../core/config/searchConfig';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId, Targets } from '../../core/cost/metrics';
import { deviceOf } from '../../core/cost/devices/index';
import { asWorkbenchError } from '../../core/errors';
import type { LinkedSettings } from '../../core/runs/linkedSettings';
import { counted } from '../../core/words';
import { taskFor } from '../../core/tasks/index';
import { readLink } from '../../keep/settingsLink';
import { takeLink, type Taken } from '../../store/linked';
import { backendText } from '../backendNames';
import { Panel } from '../Panel';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { Warnings } from '../Warnings';
import './LinkNotice.css';

interface LinkNoticeProps {
  /** Of the URL. */
  readonly fragment: string;
  readonly onClose: () => void;
}

type Outcome = { readonly link: LinkedSettings; readonly taken: Taken } | { readonly error: string };

export default function LinkNotice({ fragment, onClose }: LinkNoticeProps) {
  const workbench = useWorkbench();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  /** Counts the times that a person asks for the settings. */
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let wanted = true;
    const tell = (next: Outcome) => {
      if (wanted) setOutcome(next);
      workbench.store.setState({ announcement: 'error' in next ? next.error : 'The link’s settings are in place.' });
    };
    const take = async () => {
      const link = readLink(fragment);
      if (link) tell({ link, taken: await takeLink(workbench, link) });
    };
    take().catch((reason: unknown) => tell({ error: asWorkbenchError(reason).message }));
    return () => {
      wanted = false;
    };
  }, [workbench, fragment, asked]);
  if (!outcome)
    return (
      <div className="link-notice">
        <Panel title="Settings from a link">
          <p className="hint">Putting them in place …</p>
        </Panel>
      </div>
    );
  const again = 'error' in outcome || outcome.taken.examplesMissing;
  return (
    <div className="link-notice">
      <Panel title={'error' in outcome ? 'The link was not followed' : 'Settings from a link'}>
        {'error' in outcome ? <p className="error">{outcome.error}</p> : <WhatIsSet {...outcome} />}
        <div className="buttons">
          {again && <button onClick={() => setAsked(asked + 1)}>Set again</button>}
          <button onClick={onClose}>Dismiss</button>
        </div>
      </Panel>
    </div>
  );
}

function WhatIsSet({ link: { config, data, backend }, taken: { examplesMissing, differences } }: { link: LinkedSettings; taken: Taken }) {
  const label = useWorkbenchState(({ strategies }) => strategies.find(({ id }) => id === config.method)?.label);
  const now = useWorkbenchState((state) => (state.backend.state === 'ready' ? state.backend.started.name : null));
  const { title, example } = taskFor(config.task);
  const examples = `${data.trainCount.toLocaleString('en')} training and ${counted(data.testCount, `test ${example.one}`, `test ${example.many}`)}`;
  const notes = [
    ...(examplesMissing
      ? [
          `It was made for own ${example.many}, “${data.name}” (${examples}), which are not here. Choose their files under Set-up, then press Set again.`,
        ]
      : []),
    ...differences,
    ...(backend !== null && now !== null && backend !== now
      ? [
          `It was made on ${backendText(backend)}, and this page runs on ${backendText(now)}, where numbers differ in their last digits. Choose the backend above for the same result.`,
        ]
      : []),
  ];
  return (
    <>
      <p>
        {title}, {label ?? config.method}, for {deviceOf(config.device).name}; {limitsText(config.targets, config.objective)};{' '}
        {examplesMissing ? '' : `${examples}; `}random seed {config.randomSeed}; and all choices of method and training. Press Start to
        search.
      </p>
      <Warnings of={notes} />
    </>
  );
}

function limitsText(targets: Targets, objective: Objective | null): string {
  const limits = (Object.keys(targets) as MetricId[]).map((id) => `${metricText(id, targets[id] as number)} of ${metricTexts[id].word}`);
  if (limits.length === 0) return 'no limits';
  const aims = objective ? `, of which ${objective.metrics.map((id) => metricTexts[id].word).join(' and ')} as an objective` : '';
  return `at most ${limits.join(' and ')}${aims}`;
}
