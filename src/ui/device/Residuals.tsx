import type { Residual } from '../../core/cost/fit/ownDeviceFit';
import { signedPercent } from '../../core/words';

/** How far the fitted model is from each measurement. */
export function Residuals({ residuals }: { residuals: readonly Residual[] }) {
  return (
    <div className="table-scroll" role="group" aria-label="Fit of the device model" tabIndex={0}>
      <table>
        <caption>How well the model fits</caption>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Measured</th>
            <th scope="col">Model</th>
            <th scope="col">Error</th>
            <th scope="col">Left out</th>
          </tr>
        </thead>
        <tbody>
          {residuals.map(({ network, latencyMs, modelMs, error, leftOutError }, line) => (
            <tr key={line}>
              <th scope="row">{network}</th>
              <td>{Number(latencyMs.toPrecision(4))} ms</td>
              <td>{Number(modelMs.toPrecision(4))} ms</td>
              <td>{signedPercent(error)}</td>
              <td>{leftOutError === null ? '–' : signedPercent(leftOutError)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
