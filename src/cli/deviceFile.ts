/** Finds the device that the command line names: one of ours, or a person's own from a file. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { devices, type DeviceChoice } from '../core/cost/devices/index';
import type { Residual } from '../core/cost/fit/ownDeviceFit';
import { WorkbenchError } from '../core/errors';
import { readOwnDevice } from '../importers/ownDeviceFile';
import { usageError } from './exit';

/** @throws WorkbenchError `invalid-setting` for a name that is no device and no file; what `readOwnDevice` throws for a file */
export async function readDevice(name: string): Promise<{ device: DeviceChoice; residuals: readonly Residual[] | null }> {
  if (devices.has(name)) return { device: name, residuals: null };
  if (!/\.(json|csv)$/i.test(name))
    throw usageError(`there is no device "${name}"; there are: ${[...devices.keys()].join(', ')}, or a file in .json or .csv`);
  const bytes = await readFile(name).catch((error: unknown) => {
    throw new WorkbenchError('invalid-setting', `the device file ${name} could not be read: ${(error as Error).message}`);
  });
  // Networks that a table names lie beside it.
  return readOwnDevice({ name: basename(name), bytes }, (network) => readFile(join(dirname(name), network)).catch(() => null));
}

/** How well the model that was fitted to a table agrees with it, for people. */
export function residualLines(residuals: readonly Residual[]): string {
  const percent = (error: number) => `${error < 0 ? '' : '+'}${(100 * error).toFixed(1)} %`;
  return residuals
    .map(
      ({ network, latencyMs, modelMs, error, leftOutError }) =>
        `device model, ${network}: measured ${latencyMs} ms, model ${modelMs.toPrecision(4)} ms (${percent(error)}${
          leftOutError === null ? '' : `, ${percent(leftOutError)} when left out of the fit`
        })\n`,
    )
    .join('');
}
