/** A run on one page, for printing: what was asked, what was found, charts, and how to repeat it. */
import { sameTargets } from '../../core/search/constraints/targets';
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { nameText } from '../../core/data/nameText';
import { deviceOf } from '../../core/cost/devices/index';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { commaText } from '../../core/language/lists';
import { say, locale, sayMarked } from '../../core/language/say';
import type { LinkedSettings } from '../../core/runs/linkedSettings';
import { capital } from '../../core/words';
import { settingsOfRun } from '../../store/linked';
import { searchCommand, YOUR_DEVICE, YOUR_EXAMPLES } from '../../core/runs/searchCommand';
import { backendText } from '../backendNames';
import { RunSentence } from '../glance/GlanceView';
import { linkTo } from '../link/copyLink';
import { NetworkView } from '../network/NetworkView';
import { CostTable, QualityTable } from '../ResultTables';
import { SharedTime } from '../charts/SharedTime';
import { useChartList } from '../useChartList';
import { useStrategy } from '../useStrategy';
import { useShown, useTask, useWorkbenchState } from '../useWorkbench';
import { Warnings } from '../Warnings';
import { PaperDialog } from './PaperDialog';
import './Report.css';

const PLOT_HEIGHT = 120;

export default function Report({ onClose }: { onClose: () => void }) {
  const { store } = useShown();
  const settings = settingsOfRun(useStore(store));
  if (!settings) return null;
  // Beside the page, so that printing can leave the page out.
  return createPortal(
    <PaperDialog title={say('Report')} onClose={onClose}>
      <Paper settings={settings} />
    </PaperDialog>,
    document.body,
  );
}

function Paper({ settings }: { settings: LinkedSettings }) {
  const { title } = useTask();
  const charts = useChartList();
  const { result, warnings } = useWorkbenchState(({ run }) => run);
  return (
    <article className="report">
      <header>
        <h2>{say('{task}: report of a search with NAS Workbench', { task: say(title) })}</h2>
        <p className="hint">{new Date().toLocaleDateString(locale(), { dateStyle: 'long' })}</p>
      </header>
      <div className="report-columns">
        <section>
          <h3>{say('Asked')}</h3>
          <Asked settings={settings} />
        </section>
        <section>
          <h3>{say('Found')}</h3>
          <RunSentence />
          {result && <CostTable result={result} />}
          <QualityTable />
          <Warnings of={warnings} />
        </section>
      </div>
      <NetworkView whole />
      <div className="report-columns">
        <SharedTime>
          {charts.slice(0, 2).map(({ title: name, draw }) => (
            <div key={name}>{draw(PLOT_HEIGHT)}</div>
          ))}
        </SharedTime>
      </div>
      <section>
        <h3>{say('How to repeat it')}</h3>
        <Repeat settings={settings} />
      </section>
    </article>
  );
}

function Asked({ settings: { config, data, backend } }: { settings: LinkedSettings }) {
  const method = useStrategy()?.label ?? config.method;
  const { network, example } = useTask();
  const { targets, objective, epochs } = config;
  const limits = (Object.keys(targets) as MetricId[]).map((id) =>
    say('{cost} {amount}', { cost: say(metricTexts[id].word), amount: metricText(id, targets[id] as number) }),
  );
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say('Network'), say('changes of {network}', { network: say(network) })],
    [say('Method'), say(method)],
    [say('Device'), deviceOf(config.device).name],
    [say('At most'), limits.length > 0 ? commaText(limits) : say('no limits')],
    ...(objective ? [[say('Objectives'), commaText(objective.metrics.map((id) => say(metricTexts[id].word)))] as const] : []),
    [
      capital(say(example.many)),
      say('{name}: {training, number} for training, {test, number} for testing', {
        name: nameText(data),
        training: data.trainCount,
        test: data.testCount,
      }),
    ],
    [
      say('Epochs'),
      say('warm-up {warmup}, search {search}, fine-tuning {finetune}; {batch} {examples} a step', {
        ...epochs,
        batch: config.batchSize,
        examples: say(example.many),
      }),
    ],
    [say('Random seed'), config.randomSeed],
    [say('Ran on'), backend === null ? say('an unknown backend') : say(backendText(backend))],
  ];
  return (
    <table>
      <tbody>
        {facts.map(([name, text]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Repeat({ settings }: { settings: LinkedSettings }) {
  const strategy = useStrategy();
  const moved = useWorkbenchState(({ run }) => {
    const last = run.finishedTargets ?? run.resultTargets;
    return last !== null && !sameTargets(last, settings.config.targets);
  });
  const [link, setLink] = useState('');
  const key = JSON.stringify(settings);
  useEffect(() => {
    let wanted = true;
    void linkTo(JSON.parse(key) as LinkedSettings).then((made) => wanted && setLink(made));
    return () => {
      wanted = false;
    };
  }, [key]);
  const { data, config } = settings;
  return (
    <>
      <p>
        {say('The same random seed, examples and backend give the same result.')}
        {!data.synthetic &&
          ` ${say('The examples “{name}” must be there: on the command line, {place} stands for their folder.', { name: nameText(data), place: YOUR_EXAMPLES })}`}
        {typeof config.device !== 'string' &&
          ` ${say('{place} stands for the own device, which the page can download.', { place: YOUR_DEVICE })}`}
        {moved && ` ${say('Targets moved while it ran; these are those of its start, so a repetition differs.')}`}
      </p>
      <p>
        {sayMarked('In a browser: open <link>{address}</link>', {
          address: link,
          link: (parts: ReactNode[]) => (
            <a key="link" href={link}>
              {parts}
            </a>
          ),
        })}
      </p>
      {strategy && (
        <p>
          {sayMarked('On a command line, in the workbench’s folder: <code>{command}</code>', {
            command: searchCommand(settings, strategy),
            code: (parts: ReactNode[]) => <code key="code">{parts}</code>,
          })}
        </p>
      )}
    </>
  );
}
