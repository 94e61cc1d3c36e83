import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import { qualityText } from '../core/tasks/task';
import { say } from '../core/language/say';
import { Panel } from './Panel';
import { useStrategy } from './useStrategy';
import { useTask, useWorkbenchState } from './useWorkbench';

/** Networks that are tried out, each with what its last turn has shown; the one with the least loss goes on. */
export function TrialsView() {
  const trials = useWorkbenchState(({ run }) => run.trials);
  const fitting = useWorkbenchState(({ run }) => run.fitting);
  const limited = useWorkbenchState(({ targets }) => targets);
  const { validation } = useTask();
  const tries = useStrategy()?.options.includes('networks') ?? false;
  if (trials.length < 2 && !tries) return null;
  const metrics = (Object.keys(limited) as MetricId[]).filter((metric) => trials.every(({ costs }) => costs[metric] !== undefined));
  const least = Math.min(...trials.map(({ trainLoss }) => trainLoss));
  const ways = say('All learn from the same batches. Those with the least training loss go on.');
  const hint =
    fitting === null
      ? ways
      : say('{count, plural, one {# network meets} other {# networks meet}} the targets. {ways}', { count: fitting, ways });
  return (
    <Panel title={say('Networks on trial')} hint={hint}>
      {trials.length === 0 ? (
        <p className="empty-note">{say('Each network is listed here after its first epochs.')}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={say('{title}, table', { title: say('Networks on trial') })}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('Network')}</th>
                <th scope="col">{say('Epochs')}</th>
                <th scope="col">{say('Training loss')}</th>
                <th scope="col">{say('Validation {quality}', { quality: say(validation.word) })}</th>
                {metrics.map((metric) => (
                  <th scope="col" key={metric}>
                    {say(metricTexts[metric].name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {trials.map(({ epochs, trainLoss, validationQuality, costs }, index) => {
                const leads = trials.length > 1 && trainLoss === least;
                return (
                  <tr key={index} className={leads ? 'strong' : ''}>
                    <th scope="row">{leads ? say('{network} (leads)', { network: index + 1 }) : index + 1}</th>
                    <td>{epochs}</td>
                    <td>{trainLoss.toFixed(3)}</td>
                    <td>{qualityText(validation, validationQuality)}</td>
                    {metrics.map((metric) => (
                      <td key={metric}>{metricText(metric, costs[metric] as number)}</td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
