/** Fits a model to a person's measurements of networks, and says how far it is off. */
import type { ModelErrors } from '../devices/device';
import { parseOwnDevice, type OwnDevice } from '../devices/ownDevice';
import { bestFactor, cycleModelOf, fitCycles, predictCycles, short, type Features, type Measured } from './cycleFit';
import type { Measurement } from './measurement';

/** The error of a fitted model for one measurement. */
export interface Residual extends Measurement {
  readonly modelMs: number;
  /** Relative: model / measurement - 1. */
  readonly error: number;
  /** The error when this measurement is left out of the fit; null when it is the only one. */
  readonly leftOutError: number | null;
}

export interface OwnDeviceFit {
  readonly device: OwnDevice;
  /** Null for a device from a description, which needs no fit. */
  readonly residuals: readonly Residual[] | null;
}

/** Measurements do not tell the clock, so a fitted model counts nanoseconds. */
const NANOSECONDS_HZ = 1e9;

/** @param features of each measured network */
export function fitOwnDevice(name: string, measurements: readonly Measurement[], features: readonly Features[]): OwnDeviceFit {
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
  const powerW = powerOf(measurements);
  const device = {
    name,
    clockHz: NANOSECONDS_HZ,
    flashBytes: null,
    ramBytes: null,
    powerW,
    ...cycleModelOf(coefficients),
    ...errorsOf(residuals),
  };
  return { device: parseOwnDevice(device), residuals };
}

/** The constant power that fits the energies best; null without energies. */
function powerOf(measurements: readonly Measurement[]): number | null {
  const times = measurements.flatMap(({ latencyMs, energyUj }) => (energyUj === null ? [] : [(1000 * latencyMs) / energyUj]));
  return times.length > 0 ? short(bestFactor(times)) : null;
}

/** Errors for networks that were left out of the fit. A single measurement gives none. */
function errorsOf(residuals: readonly Residual[]): { readonly modelErrors?: ModelErrors } {
  const times = residuals.flatMap(({ leftOutError }) => leftOutError ?? []);
  if (times.length === 0) return {};
  const energies = residuals.flatMap(({ latencyMs, energyUj, leftOutError }, index) => {
    const powerW = powerOf(residuals.toSpliced(index, 1));
    return energyUj === null || powerW === null ? [] : (1000 * powerW * latencyMs * (1 + (leftOutError as number))) / energyUj - 1;
  });
  const largest = (errors: readonly number[]) => short(Math.max(...errors.map(Math.abs)));
  return { modelErrors: { latencyMs: largest(times), ...(energies.length > 0 && { energyUj: largest(energies) }) } };
}
