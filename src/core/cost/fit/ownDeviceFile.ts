/** A person's own device from a file: a description in JSON, or a CSV table of measured networks that a model is fitted to. */
import { WorkbenchError } from '../../errors';
import { parseNetwork, type Network } from '../../network/network';
import { planNetwork } from '../../network/plan';
import { LONGEST_NAME, parseOwnDevice, type OwnDevice } from '../devices/ownDevice';
import { benchmarks } from './benchmarks';
import { bestFactor, cycleModelOf, featuresOf, fitCycles, predictCycles, short, type Features, type Measured } from './cycleFit';
import { parseMeasurements, type Measurement } from './measurements';

/** How well a fitted model agrees with one measurement. */
export interface Residual extends Measurement {
  readonly modelMs: number;
  /** Relative: model over measurement, less 1. */
  readonly error: number;
  /** The error when this measurement is left out of the fit; null when it is the only one. */
  readonly leftOutError: number | null;
}

export interface OwnDeviceFile {
  readonly device: OwnDevice;
  /** Null for a description, which is taken as it is. */
  readonly residuals: readonly Residual[] | null;
}

/** Measurements say nothing of the clock, so a fitted model counts nanoseconds. */
const NANOSECONDS_HZ = 1e9;

/**
 * @param file its name ends in .json or .csv
 * @param readNetwork the text of a network file that a table names, null when there is none of that name
 * @throws WorkbenchError `invalid-setting` or `invalid-network` that says what is wrong and where
 */
export async function readOwnDevice(
  file: { readonly name: string; readonly text: string },
  readNetwork: (name: string) => Promise<string | null>,
): Promise<OwnDeviceFile> {
  if (/\.json$/i.test(file.name)) return { device: parseOwnDevice(parseJson(file.name, file.text)), residuals: null };
  if (!/\.csv$/i.test(file.name))
    throw new WorkbenchError('invalid-setting', `${file.name}: a device is described by a .json file, or measured in a .csv file.`);
  const measurements = parseMeasurements(file.text);
  const features: Features[] = [];
  for (const { network } of measurements) features.push(featuresOf(planNetwork(await networkNamed(network, readNetwork))));
  return fitOwnDevice(file.name.replace(/\.csv$/i, '').slice(0, LONGEST_NAME), measurements, features);
}

/** @param features of each measured network */
export function fitOwnDevice(name: string, measurements: readonly Measurement[], features: readonly Features[]): OwnDeviceFile {
  const measured = measurements.map(({ latencyMs }, index) => ({
    features: features[index] as Features,
    cycles: (latencyMs / 1000) * NANOSECONDS_HZ,
  }));
  const fit = (rows: readonly Measured[]) => fitCycles([rows])[0] as Features;
  const coefficients = fit(measured);
  const residuals = measurements.map((measurement, index): Residual => {
    const { features: own, cycles } = measured[index] as Measured;
    const error = (by: Features) => predictCycles(by, own) / cycles - 1;
    return {
      ...measurement,
      modelMs: (1000 * predictCycles(coefficients, own)) / NANOSECONDS_HZ,
      error: error(coefficients),
      leftOutError: measured.length > 1 ? error(fit(measured.toSpliced(index, 1))) : null,
    };
  });
  const energies = measurements.flatMap(({ latencyMs, energyUj }) => (energyUj === null ? [] : [(1000 * latencyMs) / energyUj]));
  const powerW = energies.length > 0 ? short(bestFactor(energies)) : null;
  const device = { name, clockHz: NANOSECONDS_HZ, flashBytes: null, ramBytes: null, powerW, ...cycleModelOf(coefficients) };
  return { device: parseOwnDevice(device), residuals };
}

/** A benchmark by its id, or a network file: the description by itself, or with its weights as the workbench saves it. */
async function networkNamed(name: string, readNetwork: (name: string) => Promise<string | null>): Promise<Network> {
  if (Object.hasOwn(benchmarks, name)) return benchmarks[name as keyof typeof benchmarks];
  const text = await readNetwork(name);
  if (text === null)
    throw new WorkbenchError(
      'invalid-setting',
      `There is no network "${name}": a table names ${Object.keys(benchmarks).join(', ')}, or network files that are given with it.`,
    );
  const json = parseJson(name, text);
  const described = typeof json === 'object' && json !== null && 'network' in json ? json.network : json;
  const network = parseNetwork(described);
  if (network.layers.some(({ op }) => op === 'mixedOp'))
    throw new WorkbenchError(
      'invalid-setting',
      `${name} describes a search space, with several candidates in one place, which nobody can measure. Give the network that was found in it.`,
    );
  return network;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorkbenchError('invalid-setting', `${name} is not JSON: ${(error as Error).message}`);
  }
}
