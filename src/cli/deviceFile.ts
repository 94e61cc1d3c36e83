/** Finds the device that the command line names: a built-in one, or a person's own from a file. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { devices, type DeviceChoice } from '../core/cost/devices/index';
import { columnUnits, unitChoices, unitSizes, type MeasuredUnits } from '../core/cost/fit/measuredUnits';
import type { Residual } from '../core/cost/fit/ownDeviceFit';
import { WorkbenchError } from '../core/errors';
import { said } from '../core/language/told';
import { signedPercent } from '../core/words';
import { readOwnDevice } from '../importers/ownDeviceFile';
import { usageError } from './exit';

/**
 * @param units of the table's numbers; null for those that its columns name
 * @throws WorkbenchError `invalid-setting` when the name is neither a device nor a file, and what `readOwnDevice` throws for a file
 */
export async function readDevice(
  name: string,
  units: MeasuredUnits | null,
): Promise<{ device: DeviceChoice; residuals: readonly Residual[] | null }> {
  if (units && !/\.csv$/i.test(name)) throw usageError('--device-units is for a device that was measured, in a .csv file');
  if (devices.has(name)) return { device: name, residuals: null };
  if (!/\.(json|csv)$/i.test(name))
    throw usageError(`there is no device "${name}"; there are: ${[...devices.keys()].join(', ')}, or a file in .json or .csv`);
  const bytes = await readFile(name).catch((error: unknown) => {
    throw new WorkbenchError('invalid-setting', `the device file ${name} could not be read: ${(error as Error).message}`);
  });
  // Network files that a table names are in the table's folder.
  const networkFiles = (network: string) => readFile(join(dirname(name), network)).catch(() => null);
  return readOwnDevice({ name: basename(name), bytes }, networkFiles, units).catch((error: unknown) => {
    const choices = unitChoices(error).map(({ units: { time, energy }, text }) => `--device-units ${time},${energy} for ${said(text)}`);
    throw choices.length > 0 ? usageError(`${(error as Error).message} Say which: ${choices.join(', or ')}.`) : error;
  });
}

/**
 * Units as `--device-units` takes them: "s,J".
 * @throws WorkbenchError `invalid-setting` for anything else
 */
export function parseDeviceUnits(text: string): MeasuredUnits {
  const [time, energy, ...more] = text.split(',') as [string, ...string[]];
  if (!Object.hasOwn(unitSizes.time, time) || !Object.hasOwn(unitSizes.energy, energy ?? columnUnits.energy) || more.length > 0)
    throw usageError(
      `--device-units takes a unit of time (${Object.keys(unitSizes.time).join(', ')}) and one of energy (${Object.keys(unitSizes.energy).join(', ')}), such as s,J, not "${text}"`,
    );
  return { time, energy: energy ?? columnUnits.energy } as MeasuredUnits;
}

/** How well the fitted model agrees with the table of measurements, as text for people. */
export function residualLines(residuals: readonly Residual[]): string {
  return residuals
    .map(
      ({ network, latencyMs, modelMs, error, leftOutError }) =>
        `device model, ${network}: measured ${latencyMs} ms, model ${modelMs.toPrecision(4)} ms (${signedPercent(error, 1)}${
          leftOutError === null ? '' : `, ${signedPercent(leftOutError, 1)} when left out of the fit`
        })\n`,
    )
    .join('');
}
