import type { Residual } from '../../core/cost/fit/ownDeviceFit';

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
              <td>{percent(error)}</td>
              <td>{leftOutError === null ? '–' : percent(leftOutError)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const percent = (error: number) => `${error < 0 ? '−' : '+'}${Math.abs(100 * error).toFixed(0)} %`;
