import { measuredQualities } from '../core/runs/qualityNames';
import type { MetricId } from '../core/cost/metrics';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { SearchResult } from '../core/search/events';
import { qualityText } from '../core/tasks/task';
import { capital } from '../core/words';
import { say } from '../core/language/say';
import { useTask, useWorkbenchState } from './useWorkbench';

/** What the networks of the run that is shown are worth; nothing while none is measured. */
export function QualityTable() {
  const { qualities, result, chosen } = useWorkbenchState(({ run }) => run);
  const parts = chosen?.trained === true ? (result?.qualityParts ?? []) : [];
  const synthetic = useWorkbenchState(({ dataset }) => dataset?.synthetic ?? false);
  const { quality, example } = useTask();
  const words = { quality: say(quality.label), examples: say(example.many) };
  return (
    <table>
      <caption>{synthetic ? say('{quality} on synthetic test {examples}', words) : say('{quality} on test {examples}', words)}</caption>
      <tbody>
        {measuredQualities(qualities).map(([of, name, value]) => (
          <tr key={of} className={of === 'final' ? 'strong' : ''}>
            <th scope="row">{capital(say(name))}</th>
            <td>{qualityText(quality, value)}</td>
          </tr>
        ))}
        {parts.map(({ label, value }) => (
          <tr key={label}>
            <th scope="row">{say(label)}</th>
            <td>{qualityText(quality, value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The found network's costs beside their targets and those of the seed network. */
export function CostTable({ result }: { result: SearchResult }) {
  return (
    <table>
      <caption>{say('Costs on the device')}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{say('Found')}</th>
          <th scope="col">{say('Target')}</th>
          <th scope="col">{say('Seed network')}</th>
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
      <th scope="row">{say(metricTexts[metric].name)}</th>
      <td>
        <strong>{metricText(metric, result.costs.final[metric] as number)}</strong> {limit && <Verdict met={limit.met} aim={aim} />}
      </td>
      <td>{limit ? metricText(metric, limit.target) : say('none')}</td>
      <td>{metricText(metric, result.costs.seedNetwork[metric] as number)}</td>
    </tr>
  );
}

/** Whether a cost meets its target. The target of an objective is an aim, which the search does not promise to meet. */
function Verdict({ met, aim }: { met: boolean; aim: boolean }) {
  if (aim) return <span>{met ? say('within the aim') : say('above the aim')}</span>;
  return <span className={met ? 'met' : 'missed'}>{met ? say('met') : say('missed')}</span>;
}
