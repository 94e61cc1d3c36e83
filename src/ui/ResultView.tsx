import type { LayerChannels } from '../core/search/training/architecture';
import { sameTargets } from '../core/search/constraints/targets';
import { say } from '../core/language/say';
import { candidateName } from './candidateNames';
import { download } from './download';
import { ExportButton } from './export/ExportButton';
import { isBusy } from '../store/isBusy';
import { CopyLinkButton } from './link/CopyLinkButton';
import { settingsOf } from './link/copyLink';
import { OpenNetworkButton } from './opened/OpenNetworkButton';
import { Panel } from './Panel';
import { ReportButton } from './report/ReportButton';
import { CostTable, QualityTable } from './ResultTables';
import { Warnings } from './Warnings';
import { useStrategy } from './useStrategy';
import { WhyDisclosure } from './why/WhyDisclosure';
import { useShown, useWorkbench, useWorkbenchState } from './useWorkbench';
import './ResultView.css';

/** The found network: its operations or channels, costs and accuracies. */
export function ResultView() {
  const { result, choice, channels, chosen, state, warnings } = useWorkbenchState(({ run }) => run);
  // Another derivation shows its own network, which has no result yet.
  const found = chosen?.trained === true ? result : null;
  const gradients = useStrategy()?.gradients ?? true;
  // Of a kept run, which is looked at on its own, the run alone is shown.
  const isKept = useWorkbenchState(({ live, exports }) => !live && exports.length > 0);
  return (
    <Panel title={say('Result')} part="result" className={found ? 'found' : ''}>
      {!choice && (
        <p className="empty-note">
          {state === 'idle'
            ? say('Press Start. The network that fits will be shown here.')
            : state === 'stopped' || state === 'failed'
              ? say('The search ended before it chose a network. Where it is kept, it can go on under “Runs”.')
              : gradients
                ? say('The network is chosen once the search phase is over.')
                : say('The network is chosen once the trials are over.')}
        </p>
      )}
      {choice && (
        <div className="result">
          {Object.keys(choice).length > 0 && <Choice choice={choice} />}
          {channels.length > 0 && <Channels channels={channels} />}
          {found && <CostTable result={found} />}
          {found && <Warnings of={warnings} />}
          <QualityTable />
        </div>
      )}
      {choice && gradients && <WhyDisclosure />}
      <ResultButtons />
      {!isKept && (
        <div className="buttons">
          <OpenNetworkButton />
        </div>
      )}
    </Panel>
  );
}

function Choice({ choice }: { choice: Readonly<Record<string, string>> }) {
  return (
    <table>
      <caption>{say('Operation at each place')}</caption>
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
      <caption>{say('Channels of each layer')}</caption>
      <tbody>
        {channels.map(({ layer, kept, total }) => (
          <tr key={layer}>
            <th scope="row">{layer}</th>
            <td>{say('{kept} of {total}', { kept, total })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
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
  const moved = resultTargets !== null && !sameTargets(targets, resultTargets);
  // A recorded run is nobody's own.
  const recorded = !live && exports.length === 0;
  // Those of the found network as int8 have a panel of their own.
  const quick = exports.filter(({ int8 }) => !int8);
  return (
    <div className="buttons">
      {quick.map(({ id, label, mime, fileName }) => (
        <button key={id} disabled={busy} onClick={() => void shown.export(id).then((bytes) => bytes && download(fileName, mime, bytes))}>
          {say('Download {file}', { file: say(label) })}
        </button>
      ))}
      {!recorded && <ReportButton disabled={busy} />}
      {!live && !recorded && <CopyLinkButton of="shown" settings={() => settingsOf(shown, 'settingsOfRun')} />}
      {live && result && <ExportButton disabled={busy} />}
      {live && searched && (moved || state === 'failed') && (
        <button className="primary" disabled={busy || impossible} onClick={() => void workbench.derive()}>
          {say('Derive again for the new targets')}
        </button>
      )}
      {live && result && result.quality.seedNetwork === undefined && (
        <button disabled={busy} onClick={() => void workbench.trainSeedNetwork()}>
          {say('Train the seed network to compare')}
        </button>
      )}
    </div>
  );
}
