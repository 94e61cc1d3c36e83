/** A run on one page, for printing: what was asked, what was found, charts, and how to repeat it. */
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { deviceOf } from '../../core/cost/devices/index';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import type { LinkedSettings } from '../../core/runs/linkedSettings';
import { settingsOfRun } from '../../store/linked';
import { searchCommand, YOUR_DEVICE, YOUR_EXAMPLES } from '../../store/searchCommand';
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
    <PaperDialog title="Report" onClose={onClose}>
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
        <h2>{title}: report of a search with NAS Workbench</h2>
        <p className="hint">{new Date().toLocaleDateString('en', { dateStyle: 'long' })}</p>
      </header>
      <div className="report-columns">
        <section>
          <h3>Asked</h3>
          <Asked settings={settings} />
        </section>
        <section>
          <h3>Found</h3>
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
        <h3>How to repeat it</h3>
        <Repeat settings={settings} />
      </section>
    </article>
  );
}

function Asked({ settings: { config, data, backend } }: { settings: LinkedSettings }) {
  const method = useStrategy()?.label ?? config.method;
  const { network, example } = useTask();
  const { targets, objective, epochs } = config;
  const limits = (Object.keys(targets) as MetricId[]).map((id) => `${metricTexts[id].word} ${metricText(id, targets[id] as number)}`);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Network', `changes of ${network}`],
    ['Method', method],
    ['Device', deviceOf(config.device).name],
    ['At most', limits.join(', ') || 'no limits'],
    ...(objective ? [['Objectives', objective.metrics.map((id) => metricTexts[id].word).join(', ')] as const] : []),
    [
      example.many.replace(/^./, (letter) => letter.toUpperCase()),
      `${data.name}${data.synthetic ? ' (synthetic)' : ''}: ${data.trainCount.toLocaleString('en')} for training, ${data.testCount.toLocaleString('en')} for testing`,
    ],
    [
      'Epochs',
      `warm-up ${epochs.warmup}, search ${epochs.search}, fine-tuning ${epochs.finetune}; ${config.batchSize} ${example.many} a step`,
    ],
    ['Random seed', config.randomSeed],
    ['Ran on', backend === null ? 'an unknown backend' : backendText(backend)],
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
    return last !== null && JSON.stringify(Object.entries(last).sort()) !== JSON.stringify(Object.entries(settings.config.targets).sort());
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
        The same random seed, examples and backend give the same result.
        {!data.synthetic && ` The examples “${data.name}” must be there: on the command line, ${YOUR_EXAMPLES} stands for their folder.`}
        {typeof config.device !== 'string' && ` ${YOUR_DEVICE} stands for the own device, which the page can download.`}
        {moved && ' Targets moved while it ran; these are those of its start, so a repetition differs.'}
      </p>
      <p>
        In a browser: open <a href={link}>{link}</a>
      </p>
      {strategy && (
        <p>
          On a command line, in the workbench’s folder: <code>{searchCommand(settings, strategy)}</code>
        </p>
      )}
    </>
  );
}
