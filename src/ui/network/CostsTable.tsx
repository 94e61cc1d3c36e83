import { metricText, metricTexts } from '../../core/cost/metricTexts';
import { percent } from '../../core/words';
import { say } from '../../core/language/say';
import { useExpectedCosts } from './ExpectedCosts';
import type { PlacedBox } from './layout';
import { nameOf } from './NetworkBox';
import { costOf, shareOf } from './shares';

/** The strip as numbers, for reading and for screen readers. */
export default function CostsTable({ boxes }: { boxes: readonly PlacedBox[] }) {
  const costs = useExpectedCosts();
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={say('{title}, table', { title: say('Costs of each layer') })}>
      <table>
        <caption className="visually-hidden">{say('Costs of each layer of the network, with shares of the whole')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('Layer')}</th>
            {costs.metrics.map((metric) => (
              <th scope="col" key={metric}>
                {say(metricTexts[metric].name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {boxes.map(
            ({ box }) =>
              box && (
                <tr key={box.id}>
                  <th scope="row">{nameOf(box)}</th>
                  {costs.metrics.map((metric) => (
                    <td key={metric}>
                      {[metricText(metric, costOf(costs, box.members, metric)), percent(shareOf(costs, box.members, metric))].join(
                        say(', '),
                      )}
                    </td>
                  ))}
                </tr>
              ),
          )}
        </tbody>
      </table>
    </div>
  );
}
