import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import type { OpenedFile } from '../../protocol/protocol';

const shown = ['flashBytes', 'ramBytes', 'latencyMs', 'energyUj'] as const satisfies readonly MetricId[];

/** What the network costs on each device, a row each. */
export function OpenedCosts({ of: { costs } }: { readonly of: OpenedFile }) {
  const { macs, params } = costs[0]?.costs ?? {};
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={say('{title}, table', { title: say('Costs on each device') })}>
        <table>
          <caption>{say('Costs on each device, as int8')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('Device')}</th>
              {shown.map((id) => (
                <th scope="col" key={id}>
                  {say(metricTexts[id].name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {costs.map((of, at) => (
              <tr key={at}>
                <th scope="row">
                  {of.name}
                  {of.problem && <span className="hint"> {said(of.problem)}</span>}
                </th>
                {shown.map((id) => {
                  const cost = of.costs[id];
                  const exceeds = of.exceeds.some((other) => other === id);
                  return (
                    <td key={id}>
                      {cost === undefined ? say('unknown') : metricText(id, cost)}
                      {exceeds && <span className="missed"> {say('more than it has')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint">
        {say('{macs} MACs and {params} parameters. Times and energies follow from models of the devices, not from runs on them.', {
          macs: metricText('macs', macs ?? NaN),
          params: metricText('params', params ?? NaN),
        })}
      </p>
    </>
  );
}
