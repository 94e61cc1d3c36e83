/** A person's own device from a file: a description in JSON, or a CSV table of measured networks that a model is fitted to. */
import { LONGEST_NAME, parseOwnDevice } from '../core/cost/devices/ownDevice';
import { benchmarks } from '../core/cost/fit/benchmarks';
import { featuresOf, type Features } from '../core/cost/fit/cycleFit';
import { assertUnitsPlausible, columnUnits, type MeasuredUnits } from '../core/cost/fit/measuredUnits';
import { fitOwnDevice, type OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import { parseNetwork, type Network } from '../core/network/network';
import { planNetwork } from '../core/network/plan';
import { decodeText } from './decodeText';
import { parseMeasurements } from './measurements';

/** Reads a network file that a table names; null if there is no file with that name. */
type NetworkFiles = (name: string) => Promise<Uint8Array | null>;

/**
 * @param file its name ends in .json or .csv
 * @param units of the table's numbers; null for the units that its columns name, if those are plausible
 * @throws WorkbenchError `invalid-data`, `invalid-setting` or `invalid-network` that says what is wrong and where
 */
export async function readOwnDevice(
  file: { readonly name: string; readonly bytes: Uint8Array },
  networkFiles: NetworkFiles,
  units: MeasuredUnits | null = null,
): Promise<OwnDeviceFit> {
  const { name, bytes } = file;
  if (/\.json$/i.test(name)) return { device: parseOwnDevice(parseJson(name, bytes)), residuals: null };
  if (!/\.csv$/i.test(name))
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('{name}: a device is described by a .json file, or measured in a .csv file.', { name }),
    );
  const measurements = parseMeasurements(decodeText(bytes, name), units ?? columnUnits);
  if (units === null) assertUnitsPlausible(measurements);
  const features: Features[] = [];
  for (const { network } of measurements) features.push(featuresOf(planNetwork(await networkNamed(network, networkFiles))));
  return fitOwnDevice(name.replace(/\.csv$/i, '').slice(0, LONGEST_NAME), measurements, features);
}

/** A benchmark's network by its id, or a network file: the description alone, or with its weights as the workbench saves it. */
async function networkNamed(name: string, networkFiles: NetworkFiles): Promise<Network> {
  if (Object.hasOwn(benchmarks, name)) return benchmarks[name as keyof typeof benchmarks];
  const bytes = await networkFiles(name);
  if (bytes === null)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('There is no network "{name}": a table names {known}, or network files that are given with it.', {
        name,
        known: Object.keys(benchmarks).join(', '),
      }),
    );
  const json = parseJson(name, bytes);
  const described = typeof json === 'object' && json !== null && 'network' in json ? json.network : json;
  const network = parseNetwork(described);
  if (network.layers.some(({ op }) => op === 'mixedOp'))
    throw new WorkbenchError(
      'invalid-setting',
      sayLater(
        '{name} describes a search space, with several candidates in one place, which nobody can measure. Give the network that was found in it.',
        { name },
      ),
    );
  return network;
}

function parseJson(name: string, bytes: Uint8Array): unknown {
  const text = decodeText(bytes, name);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorkbenchError('invalid-setting', sayLater('{name} is not JSON: {message}', { name, message: (error as Error).message }));
  }
}
