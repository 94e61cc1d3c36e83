import type { MetricId } from '../core/cost/metrics';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { LayerChannels } from '../core/search/training/architecture';
import type { SearchResult } from '../core/search/events';
import { measuredQualities } from '../core/runs/qualityNames';
import { qualityText } from '../core/tasks/task';
import { capital } from '../core/words';
import { candidateName } from './candidateNames';
import { download } from './download';
import { ExportButton } from './export/ExportButton';
import { isBusy } from '../store/isBusy';
import { Panel } from './Panel';
import { Warnings } from './Warnings';
import { useStrategy } from './useStrategy';
import { useShown, useTask, useWorkbench, useWorkbenchState } from './useWorkbench';
import './ResultView.css';

/** The found network: its operations or channels, costs and accuracies. */
export function ResultView() {
  const { result, choice, channels, qualities, state, warnings } = useWorkbenchState(({ run }) => run);
  const { quality, example } = useTask();
  const gradients = useStrategy()?.gradients ?? true;
  const synthetic = useWorkbenchState(({ dataset }) => dataset?.synthetic ?? false);
  return (
    <Panel title="Result" part="result" className={result ? 'found' : ''}>
      {!choice && (
        <p className="empty-note">
          {state === 'idle'
            ? 'Press Start. The network that fits will be shown here.'
            : `The network is chosen once the ${gradients ? 'search phase is' : 'trials are'} over.`}
        </p>
      )}
      {choice && (
        <div className="result">
          {Object.keys(choice).length > 0 && <Choice choice={choice} />}
          {channels.length > 0 && <Channels channels={channels} />}
          {result && <Costs result={result} />}
          {result && <Warnings of={warnings} />}
          <table>
            <caption>
              {quality.label} on {synthetic ? 'synthetic ' : ''}test {example.many}
            </caption>
            <tbody>
              {measuredQualities(qualities).map(([of, name, value]) => (
                <tr key={of} className={of === 'final' ? 'strong' : ''}>
                  <th scope="row">{capital(name)}</th>
                  <td>{qualityText(quality, value)}</td>
                </tr>
              ))}
              {result?.qualityParts?.map(({ label, value }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{qualityText(quality, value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ResultButtons />
    </Panel>
  );
}

function Choice({ choice }: { choice: Readonly<Record<string, string>> }) {
  return (
    <table>
      <caption>Operation at each place</caption>
      <tbody>
        {Object.entries(choice).map(([id, candidate]) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{candidateName(candidate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Channels({ channels }: { channels: readonly LayerChannels[] }) {
  return (
    <table>
      <caption>Channels of each layer</caption>
      <tbody>
        {channels.map(({ layer, kept, total }) => (
          <tr key={layer}>
            <th scope="row">{layer}</th>
            <td>
              {kept} of {total}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Costs({ result }: { result: SearchResult }) {
  return (
    <table>
      <caption>Costs on the device</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Found</th>
          <th scope="col">Target</th>
          <th scope="col">Seed network</th>
        </tr>
      </thead>
      <tbody>
        {(Object.keys(result.costs.final) as MetricId[]).map((metric) => (
          <CostRow key={metric} metric={metric} result={result} />
        ))}
      </tbody>
    </table>
  );
}

function CostRow({ metric, result }: { metric: MetricId; result: SearchResult }) {
  const of = (reports: SearchResult['constraints']) => reports.find((report) => report.metric === metric);
  const constraint = of(result.constraints);
  const limit = constraint ?? of(result.objectives);
  const aim = constraint === undefined;
  return (
    <tr>
      <th scope="row">{metricTexts[metric].name}</th>
      <td>
        <strong>{metricText(metric, result.costs.final[metric] as number)}</strong> {limit && <Verdict met={limit.met} aim={aim} />}
      </td>
      <td>{limit ? metricText(metric, limit.target) : 'none'}</td>
      <td>{metricText(metric, result.costs.seedNetwork[metric] as number)}</td>
    </tr>
  );
}

/** Whether a cost meets its target. The target of an objective is an aim, which the search does not promise to meet. */
function Verdict({ met, aim }: { met: boolean; aim: boolean }) {
  if (aim) return <span>{met ? 'within' : 'above'} the aim</span>;
  return <span className={met ? 'met' : 'missed'}>{met ? 'met' : 'missed'}</span>;
}

function ResultButtons() {
  const workbench = useWorkbench();
  const shown = useShown();
  const live = useWorkbenchState((state) => state.live);
  const { result, state, progress, resultTargets, searched } = useWorkbenchState(({ run }) => run);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const exports = useWorkbenchState((state) => state.exports);
  const targets = useWorkbenchState((state) => state.targets);
  const impossible = useWorkbenchState(({ runShortfall }) => runShortfall !== null);
  // A start that was refused has trained nothing, so there is no network to download.
  const refused = state === 'failed' && progress === null && !result;
  if (state === 'idle' || refused || (!result && busy)) return null;
  const moved = resultTargets !== null && JSON.stringify(targets) !== JSON.stringify(resultTargets);
  // Those of the found network as int8 have a panel of their own.
  const quick = exports.filter(({ int8 }) => !int8);
  return (
    <div className="buttons">
      {quick.map(({ id, label, mime, fileName }) => (
        <button key={id} disabled={busy} onClick={() => void shown.export(id).then((bytes) => bytes && download(fileName, mime, bytes))}>
          Download {label}
        </button>
      ))}
      {live && result && <ExportButton disabled={busy} />}
      {live && searched && (moved || state === 'failed') && (
        <button className="primary" disabled={busy || impossible} onClick={() => void workbench.derive()}>
          Derive again for the new targets
        </button>
      )}
      {live && result && result.quality.seedNetwork === undefined && (
        <button disabled={busy} onClick={() => void workbench.trainSeedNetwork()}>
          Train the seed network to compare
        </button>
      )}
    </div>
  );
}
