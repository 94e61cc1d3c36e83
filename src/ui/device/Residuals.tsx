import type { Residual } from '../../core/cost/fit/ownDeviceFit';
import { metricText } from '../../core/cost/metricTexts';
import { signedPercent } from '../../core/words';
import { say } from '../../core/language/say';

/** How far the fitted model is from each measurement. */
export function Residuals({ residuals }: { residuals: readonly Residual[] }) {
  return (
    <div className="table-scroll" role="group" aria-label={say('Fit of the device model')} tabIndex={0}>
      <table>
        <caption>{say('How well the model fits')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('Network')}</th>
            <th scope="col">{say('Measured')}</th>
            <th scope="col">{say('Model')}</th>
            <th scope="col">{say('Error')}</th>
            <th scope="col">{say('Left out')}</th>
          </tr>
        </thead>
        <tbody>
          {residuals.map(({ network, latencyMs, modelMs, error, leftOutError }, line) => (
            <tr key={line}>
              <th scope="row">{network}</th>
              <td>{metricText('latencyMs', latencyMs)}</td>
              <td>{metricText('latencyMs', modelMs)}</td>
              <td>{signedPercent(error)}</td>
              <td>{leftOutError === null ? '–' : signedPercent(leftOutError)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
