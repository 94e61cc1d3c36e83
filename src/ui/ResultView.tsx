import type { MetricId } from '../core/cost/metrics';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { LayerChannels } from '../core/search/training/architecture';
import { capital, percent } from '../core/words';
import { accuracyNames } from '../core/search/accuracyNames';
import type { Accuracies, SearchResult } from '../core/search/events';
import { candidateName } from './candidateNames';
import { download } from './download';
import { isBusy } from '../store/isBusy';
import { Panel } from './Panel';
import { Warnings } from './Warnings';
import { useWorkbench, useWorkbenchState } from './useWorkbench';

/** What the search found: shown first once there is something. */
export function ResultView() {
  const { result, choice, channels, accuracies, state, warnings } = useWorkbenchState(({ run }) => run);
  const synthetic = useWorkbenchState(({ dataset }) => dataset?.synthetic ?? false);
  return (
    <Panel title="Result" className={result ? 'found' : ''}>
      {!choice && (
        <p className="empty-note">
          {state === 'idle'
            ? 'Press Start: the network that fits will stand here.'
            : 'The network is chosen once the search phase is over.'}
        </p>
      )}
      {choice && (
        <div className="result">
          {Object.keys(choice).length > 0 && <Choice choice={choice} />}
          {channels.length > 0 && <Channels channels={channels} />}
          {result && <Costs result={result} />}
          {result && <Warnings of={warnings} />}
          <table>
            <caption>Accuracy on {synthetic ? 'synthetic ' : ''}test pictures</caption>
            <tbody>
              {Object.entries(accuracyNames).map(([key, name]) => {
                const value = accuracies[key as keyof Accuracies];
                return value === undefined ? null : (
                  <tr key={key} className={key === 'final' ? 'strong' : ''}>
                    <th scope="row">{capital(name)}</th>
                    <td>{percent(value)}</td>
                  </tr>
                );
              })}
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

/** What is an aim promises nothing. */
function Verdict({ met, aim }: { met: boolean; aim: boolean }) {
  if (aim) return <span>{met ? 'within' : 'above'} the aim</span>;
  return <span className={met ? 'met' : 'missed'}>{met ? 'met' : 'missed'}</span>;
}

function ResultButtons() {
  const workbench = useWorkbench();
  const { result, state, resultTargets, searched } = useWorkbenchState(({ run }) => run);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const targets = useWorkbenchState((state) => state.targets);
  const impossible = useWorkbenchState(({ runShortfall }) => runShortfall !== null);
  if (state === 'idle' || (!result && busy)) return null;
  const moved = resultTargets !== null && JSON.stringify(targets) !== JSON.stringify(resultTargets);
  return (
    <div className="buttons">
      <button disabled={busy} onClick={() => void workbench.exportNetwork().then((bytes) => download('network.json', bytes))}>
        Download network
      </button>
      <button disabled={busy} onClick={() => void workbench.exportRun().then((bytes) => download('run.json', bytes))}>
        Download run
      </button>
      {searched && (moved || state === 'failed') && (
        <button className="primary" disabled={busy || impossible} onClick={() => void workbench.derive()}>
          Derive again for the new targets
        </button>
      )}
      {result && result.accuracy.seedNetwork === undefined && (
        <button disabled={busy} onClick={() => void workbench.trainSeedNetwork()}>
          Train the seed network to compare
        </button>
      )}
    </div>
  );
}
