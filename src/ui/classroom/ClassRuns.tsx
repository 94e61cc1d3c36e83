import { useState } from 'react';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { Costs, MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { qualityText } from '../../core/tasks/task';
import type { ClassRun } from '../../store/classroom';
import { deviceNameOf, taskOf } from '../../store/runList';
import { useMemo } from '../language/memo';
import { ParetoView, type ParetoRun } from '../runs/ParetoView';
import { useWorkbenchState } from '../useWorkbench';
import { useClassroom, useClassState } from './useClassroom';

/** Costs that differ from device to device, so that those of several are not drawn together. */
const OF_DEVICE: readonly MetricId[] = ['latencyMs', 'energyUj'];

/** The runs of the class as one chart, and what is known of a chosen one. */
export function ClassRuns({ mayRemove }: { mayRemove: (run: ClassRun) => boolean }) {
  const classroom = useClassroom();
  const runs = useClassState((state) => state.runs);
  const [chosen, setChosen] = useState<number | null>(null);
  const [device, setDevice] = useState('');
  const devices = useMemo(() => [...new Set([...runs.values()].map((run) => run.device))], [runs]);
  const only = devices.includes(device) ? device : '';
  const drawn = useMemo(
    () =>
      [...runs.values()].filter((run) => only === '' || run.device === only).map((run) => drawnOf(run, only === '' && devices.length > 1)),
    [runs, only, devices],
  );
  const found = chosen === null ? undefined : runs.get(chosen);
  return (
    <>
      <p className="hint" role="status">
        {say('{count, plural, =0 {The class has no runs yet.} one {The class has # run.} other {The class has # runs.}}', {
          count: runs.size,
        })}
      </p>
      <div className="run-filter">
        {devices.length > 1 && (
          <label>
            {say('Device')}{' '}
            <select value={only} onChange={({ target }) => setDevice(target.value)}>
              <option value="">{say('All, without latency and energy')}</option>
              {devices.map((id) => (
                <option key={id} value={id}>
                  {deviceNameOf(id)}
                </option>
              ))}
            </select>
          </label>
        )}
        {/* Points that lie on each other cannot all be pressed. */}
        <label>
          {say('Look at')}{' '}
          <select value={found?.at ?? ''} onChange={({ target }) => setChosen(Number(target.value))}>
            <option value="">{say('none')}</option>
            {[...runs.values()].map((run) => (
              <option key={run.at} value={run.at}>
                {nameOf(run)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ParetoView runs={drawn} onOpen={(id) => setChosen(Number(id))} />
      {found && <RunFacts run={found} onRemove={mayRemove(found) ? () => void classroom.remove(found.at) : null} />}
    </>
  );
}

const nameOf = ({ at, member }: ClassRun) => say('Run {at} of member {member}', { at, member });

function drawnOf(run: ClassRun, ofSeveral: boolean): ParetoRun {
  const { at, task, quality, targets, seedNetwork } = run;
  const costsOf = (costs: Costs): Costs =>
    ofSeveral ? Object.fromEntries(Object.entries(costs).filter(([id]) => !OF_DEVICE.includes(id as MetricId))) : costs;
  return {
    id: String(at),
    name: nameOf(run),
    task,
    taskTitle: say(taskOf(run)?.title ?? task),
    quality,
    costs: costsOf(run.costs),
    targets: costsOf(targets),
    seedNetwork: seedNetwork && { ...seedNetwork, costs: costsOf(seedNetwork.costs) },
  };
}

/** @param onRemove null where this page may not remove the run */
function RunFacts({ run, onRemove }: { run: ClassRun; onRemove: (() => void) | null }) {
  const task = taskOf(run);
  const method = useWorkbenchState(({ strategies }) => strategies.find(({ id }) => id === run.method)?.label ?? run.method);
  const costs = Object.entries(run.costs) as [MetricId, number][];
  return (
    <section aria-label={nameOf(run)} className="class-run">
      <h3>{nameOf(run)}</h3>
      <p>
        {say('{method} for {device}, random seed {seed}, {train, number} training and {test, number} test examples.', {
          method: say(method),
          device: deviceNameOf(run.device),
          seed: String(run.randomSeed),
          train: run.trainCount,
          test: run.testCount,
        })}
      </p>
      <table>
        <tbody>
          {task && (
            <tr>
              <th scope="row">{say(task.quality.label)}</th>
              <td>{qualityText(task.quality, run.quality)}</td>
              <td />
            </tr>
          )}
          {costs.map(([metric, value]) => (
            <tr key={metric}>
              <th scope="row">{say(metricTexts[metric].name)}</th>
              <td>{metricText(metric, value)}</td>
              <td>{run.targets[metric] !== undefined && say('at most {target}', { target: metricText(metric, run.targets[metric]) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {say('Costs are computed anew from the network that was shared. The quality is what the member’s page has measured.')}
      </p>
      {onRemove && <button onClick={onRemove}>{say('Remove this run from the class')}</button>}
    </section>
  );
}
