/** The searches of a sweep, as a person lists them; how many they are, and how long they take. */
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import { ErrorText } from '../../ErrorText';
import type { SearchClient } from '../../../client/searchClient';
import { deviceOf, devices, type DeviceChoice } from '../../../core/cost/devices/index';
import { metricTexts } from '../../../core/cost/metricTexts';
import { constrainable, type MetricId } from '../../../core/cost/metrics';
import { asWorkbenchError, WorkbenchError } from '../../../core/errors';
import { commaText } from '../../../core/language/lists';
import { say, sayMarked } from '../../../core/language/say';
import { durationText } from '../../../core/runs/progress';
import { shortfallText } from '../../../core/search/constraints/sentences';
import { canSearch } from '../../../core/tasks/task';
import { isBusy } from '../../../store/isBusy';
import {
  configsOf,
  expectedTime,
  firstForm,
  gridOf,
  planFile,
  type PlannedSearches,
  type SweepForm as Form,
} from '../../../store/sweepForm';
import { download } from '../../download';
import { useMemo } from '../../language/memo';
import { useTask, useWorkbench, useWorkbenchState } from '../../useWorkbench';
import { useRuns } from '../useRuns';
import { AddToSweep } from './AddToSweep';
import { useSweep, useSweepState } from './useSweep';

interface Planned extends PlannedSearches {
  /** Milliseconds of all; null where it is not known. */
  readonly expectedMs: number | null;
}

export default function SweepForm({ client, onStarted }: { client: Pick<SearchClient, 'call'>; onStarted: () => void }) {
  const workbench = useWorkbench();
  const task = useTask();
  const queue = useSweep();
  const strategies = useWorkbenchState((state) => state.strategies);
  const ownDevice = useWorkbenchState((state) => state.ownDevice);
  const blocked = useWorkbenchState(({ run, loadingData, backend, dataset, refused }) =>
    isBusy(run) || loadingData || backend.state !== 'ready' || !dataset
      ? say('A search or an import is under way: a sweep begins once it has ended.')
      : refused.length > 0
        ? say('A setting has no valid value: {settings}.', { settings: commaText(refused) })
        : null,
  );
  const under = useSweepState(({ sweep }) => sweep?.cells.some(({ state }) => state !== 'ended') ?? false);
  const [form, setForm] = useState<Form>(() => firstForm(workbench.state));
  const planned = usePlanned(form, client);
  const change = (changes: Partial<Form>) => setForm({ ...form, ...changes });
  const toggled = <Item,>(list: readonly Item[], item: Item) =>
    list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
  const offered: readonly (readonly [DeviceChoice, string])[] = [
    ...[...devices].map(([id, { name }]) => [id, name] as const),
    ...(ownDevice ? [[ownDevice.device, ownDevice.device.name] as const] : []),
  ];
  const limited = (Object.keys(metricTexts) as MetricId[]).filter((id) =>
    form.devices.some((device) => constrainable(deviceOf(device)).includes(id)),
  );
  const begin = async ({ configs, expectedMs }: Planned) => {
    const { backend, dataset, settings } = workbench.state;
    if (backend.state !== 'ready' || !dataset) return;
    const data = { ...dataset, trainCount: settings.trainCount, testCount: settings.testCount };
    await queue.start(
      { data, backend: backend.started.name, expectedMs: expectedMs === null ? null : expectedMs / configs.length },
      configs,
    );
    onStarted();
  };
  const refused = planned instanceof WorkbenchError;
  const ready = refused ? null : planned;
  const { configs = [] } = ready ?? {};
  return (
    <form className="sweep-form" onSubmit={(event) => event.preventDefault()}>
      <p className="hint">
        {say(
          '{task}: one search for each combination of what is chosen here, one after the other. All else is as set on the page, such as epochs and examples.',
          { task: say(task.title) },
        )}
      </p>
      <fieldset>
        <legend>{say('Methods')}</legend>
        {strategies
          .filter((strategy) => canSearch(task, strategy))
          .map(({ id, label }) => (
            <label className="check" key={id}>
              <input type="checkbox" checked={form.methods.includes(id)} onChange={() => change({ methods: toggled(form.methods, id) })} />{' '}
              {say(label)}
            </label>
          ))}
      </fieldset>
      <fieldset>
        <legend>{say('Devices')}</legend>
        {offered.map(([choice, name]) => (
          <label className="check" key={name}>
            <input
              type="checkbox"
              checked={form.devices.includes(choice)}
              onChange={() => change({ devices: toggled(form.devices, choice) })}
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('Targets')}</legend>
        <div className="run-filter">
          {limited.map((id) => (
            <label key={id}>
              {say(metricTexts[id].name)}
              {metricTexts[id].unit && ` (${metricTexts[id].unit})`}
              <input
                value={form.limits[id] ?? ''}
                placeholder={say('no limit')}
                autoComplete="off"
                onChange={({ target }) => change({ limits: { ...form.limits, [id]: target.value } })}
              />
            </label>
          ))}
          <label>
            {say('Random seeds')}
            <input value={form.seeds} autoComplete="off" onChange={({ target }) => change({ seeds: target.value })} />
          </label>
        </div>
        <label className="check">
          <input type="checkbox" checked={form.paired} onChange={({ target }) => change({ paired: target.checked })} />{' '}
          {say('The first target of each list belongs to the first of the others, and so on')}
        </label>
        <p className="hint">{say('Several with commas between them, such as 20, 40; seeds also as 1-5.')}</p>
      </fieldset>
      <p role="status">
        {planned === null
          ? say('Counting the searches …')
          : ready
            ? say(
                '{count, plural, one {# search} other {# searches}}; {known, select, yes {about {time}, by the times of the last runs} other {how long they take is not known, since no search of this task is among the runs}}.',
                { count: configs.length, known: ready.expectedMs === null ? 'no' : 'yes', time: durationText(ready.expectedMs ?? 0) },
              )
            : ''}
      </p>
      {ready?.unmet && (
        <p className="error" role="alert">
          {say(
            'Of these searches {count, number} {count, plural, one {has} other {have}} targets that no network in the space meets, so {count, plural, one {it ends} other {they end}} without one. On {device}: {shortfall}',
            { count: ready.unmet.count, device: ready.unmet.device, shortfall: shortfallText(ready.unmet.shortfall) },
          )}
        </p>
      )}
      {refused && <ErrorText of={planned.told} />}
      {(under || blocked) && <p className="hint">{under ? say('A sweep is under way: cancel it to begin another one.') : blocked}</p>}
      <div className="buttons">
        <button className="primary" disabled={!ready || under || blocked !== null} onClick={() => ready && void begin(ready)}>
          {say('Start sweep')}
        </button>
        <button
          type="button"
          disabled={!ready}
          onClick={() => download('sweep.ndjson', 'application/x-ndjson', new TextEncoder().encode(planFile(configs, workbench.state)))}
        >
          {say('Download as a plan')}
        </button>
      </div>
      <AddToSweep configs={configs} expectedMs={ready?.expectedMs ?? null} />
      <p className="hint">
        {sayMarked('A plan runs on any machine with <code>{command}</code>; its results come back here with “Import runs …”.', {
          command: 'npm run -s sweep -- plan DIR --from sweep.ndjson',
          code: (parts: ReactNode[]) => <code key="code">{parts}</code>,
        })}
      </p>
    </form>
  );
}

/** The searches of a form; why it describes none; null while they are counted. */
function usePlanned(form: Form, client: Pick<SearchClient, 'call'>): Planned | WorkbenchError | null {
  const workbench = useWorkbench();
  const runs = useRuns();
  const typed = useDeferredValue(form);
  const grid = useMemo(() => {
    try {
      return gridOf(typed);
    } catch (error) {
      return asWorkbenchError(error);
    }
  }, [typed]);
  const [planned, setPlanned] = useState<{ readonly of: unknown; readonly found: Planned | WorkbenchError } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (grid instanceof WorkbenchError) return;
    const plan = async () => {
      const { state } = workbench;
      const searches = await configsOf(grid, state, client);
      const expectedMs = await expectedTime(searches.configs, state.settings.trainCount, runs.state.runs ?? [], (id) => runs.read(id));
      return { ...searches, expectedMs };
    };
    void plan()
      .catch((error: unknown) => asWorkbenchError(error))
      .then((found) => wanted && setPlanned({ of: grid, found }));
    return () => {
      wanted = false;
    };
  }, [grid, workbench, runs, client]);
  if (grid instanceof WorkbenchError) return grid;
  return planned?.of === grid ? planned.found : null;
}
