import { availableParallelism, cpus } from 'node:os';

/** What times were measured on: processor, cores and version of Node. */
export const machineText = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}`;
