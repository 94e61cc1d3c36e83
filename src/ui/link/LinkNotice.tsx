/** Takes the settings of the link that the page was opened with, and says what it has set. Loaded only for such links. */
import { useEffect, useState } from 'react';
import { nameText } from '../../core/data/nameText';
import type { Objective } from '../../core/config/searchConfig';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId, Targets } from '../../core/cost/metrics';
import { deviceOf } from '../../core/cost/devices/index';
import { asWorkbenchError, type WorkbenchError } from '../../core/errors';
import { listText } from '../../core/language/lists';
import { say } from '../../core/language/say';
import type { LinkedSettings } from '../../core/runs/linkedSettings';
import { taskFor } from '../../core/tasks/index';
import { said } from '../../core/language/told';
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

type Outcome = { readonly link: LinkedSettings; readonly taken: Taken } | { readonly error: WorkbenchError };

export default function LinkNotice({ fragment, onClose }: LinkNoticeProps) {
  const workbench = useWorkbench();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  /** Counts the times that a person asks for the settings. */
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let wanted = true;
    const tell = (next: Outcome) => {
      if (wanted) setOutcome(next);
      workbench.store.setState({
        announcement: () => ('error' in next ? said(next.error.told) : say('The link’s settings are in place.')),
      });
    };
    const take = async () => {
      const link = readLink(fragment);
      if (link) tell({ link, taken: await takeLink(workbench, link) });
    };
    take().catch((reason: unknown) => tell({ error: asWorkbenchError(reason) }));
    return () => {
      wanted = false;
    };
  }, [workbench, fragment, asked]);
  if (!outcome)
    return (
      <div className="link-notice">
        <Panel title={say('Settings from a link')}>
          <p className="hint">{say('Putting them in place …')}</p>
        </Panel>
      </div>
    );
  const again = 'error' in outcome || outcome.taken.examplesMissing;
  return (
    <div className="link-notice">
      <Panel title={'error' in outcome ? say('The link was not followed') : say('Settings from a link')}>
        {'error' in outcome ? <p className="error">{said(outcome.error.told)}</p> : <WhatIsSet {...outcome} />}
        <div className="buttons">
          {again && <button onClick={() => setAsked(asked + 1)}>{say('Set again')}</button>}
          <button onClick={onClose}>{say('Dismiss')}</button>
        </div>
      </Panel>
    </div>
  );
}

function WhatIsSet({ link: { config, data, backend }, taken: { examplesMissing, differences } }: { link: LinkedSettings; taken: Taken }) {
  const label = useWorkbenchState(({ strategies }) => strategies.find(({ id }) => id === config.method)?.label);
  const now = useWorkbenchState((state) => (state.backend.state === 'ready' ? state.backend.started.name : null));
  const { title, example } = taskFor(config.task);
  const examples = say('{training, number} training and {test, number} test {examples}', {
    training: data.trainCount,
    test: data.testCount,
    examples: say(data.testCount === 1 ? example.one : example.many),
  });
  const notes = [
    ...(examplesMissing
      ? [
          say(
            'It was made for own {examples}, “{name}” ({numbers}), which are not here. Choose their files under Set-up, then press Set again.',
            {
              examples: say(example.many),
              name: nameText(data),
              numbers: examples,
            },
          ),
        ]
      : []),
    ...differences,
    ...(backend !== null && now !== null && backend !== now
      ? [
          say(
            'It was made on {then}, and this page runs on {now}, where numbers differ in their last digits. Choose the backend above for the same result.',
            { then: backendText(backend), now: backendText(now) },
          ),
        ]
      : []),
  ];
  const facts = {
    task: say(title),
    method: say(label ?? config.method),
    device: deviceOf(config.device).name,
    limits: limitsText(config.targets, config.objective),
    seed: String(config.randomSeed),
  };
  return (
    <>
      <p>
        {examplesMissing
          ? say(
              '{task}, {method}, for {device}; {limits}; random seed {seed}; and all choices of method and training. Press Start to search.',
              facts,
            )
          : say(
              '{task}, {method}, for {device}; {limits}; {examples}; random seed {seed}; and all choices of method and training. Press Start to search.',
              { ...facts, examples },
            )}
      </p>
      <Warnings of={notes} />
    </>
  );
}

function limitsText(targets: Targets, objective: Objective | null): string {
  const ids = Object.keys(targets) as MetricId[];
  if (ids.length === 0) return say('no limits');
  const limits = listText(
    ids.map((id) => say('{amount} of {cost}', { amount: metricText(id, targets[id] as number), cost: say(metricTexts[id].word) })),
  );
  if (!objective) return say('at most {limits}', { limits });
  const aims = listText(objective.metrics.map((id) => say(metricTexts[id].word)));
  return say('at most {limits}, of which {costs} as an objective', { limits, costs: aims });
}
