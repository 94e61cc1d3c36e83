/** The bytes that a file for a device may take. */
import { deviceOf } from '../../core/cost/devices/index';
import type { RunFile } from '../../core/runs/runFile';

export type MemoryMetric = 'flashBytes' | 'ramBytes';

export interface MemoryLimit {
  readonly bytes: number;
  /** Whether a person has set it, or the device has no more. */
  readonly from: 'target' | 'device';
}

/** The target that the network was found for, else the run's own, else what the device has; null where none is known. */
export function memoryLimit(
  { config: { targets, device }, result }: Pick<RunFile, 'config' | 'result'>,
  metric: MemoryMetric,
): MemoryLimit | null {
  const reports = result ? [...result.constraints, ...result.objectives] : [];
  const target = result ? reports.find((report) => report.metric === metric)?.target : targets[metric];
  if (target !== undefined) return { bytes: target, from: 'target' };
  const bytes = deviceOf(device)[metric];
  return bytes === null ? null : { bytes, from: 'device' };
}
