import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import type { Point } from '../../core/runs/comparisonText';
import { qualityText, type Quality } from '../../core/tasks/task';
import { capital } from '../../core/words';
import { say } from '../../core/language/say';

interface ComparisonTableProps {
  readonly points: readonly Point[];
  readonly metrics: readonly MetricId[];
  readonly quality: Quality;
}

/** Every network of the comparison with its quality and costs. */
export function ComparisonTable({ points, metrics, quality }: ComparisonTableProps) {
  return (
    <div
      className="table-scroll compared"
      tabIndex={0}
      role="group"
      aria-label={say('{title}, table', { title: say('Networks compared') })}
    >
      <table>
        <caption>{say('Networks compared')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('Network')}</th>
            <th scope="col">{say(quality.label)}</th>
            {metrics.map((metric) => (
              <th scope="col" key={metric}>
                {say(metricTexts[metric].name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ of, name, costs, quality: value }) => (
            <tr key={name} className={of === 'final' || of === 'found' ? 'strong' : ''}>
              <th scope="row">{capital(say(name))}</th>
              <td>{qualityText(quality, value)}</td>
              {metrics.map((metric) => (
                <td key={metric}>{metricText(metric, costs[metric] as number)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
