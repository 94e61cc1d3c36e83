import type { BackendName } from '../backends/backend';

/** Largest accepted relative deviations from a reference trajectory. */
export interface Limits {
  readonly first: number;
  readonly all: number;
}

/**
 * Rounding causes deviations about ten times smaller than these limits, so a larger deviation is a mistake. Graphics hardware sums
 * in other orders and may fuse multiplications with additions, so it may drift further over the steps.
 */
export function limitsOf(backend: BackendName): Limits {
  return { first: 1e-5, all: backend === 'cpu' || backend === 'wasm' ? 5e-4 : 2e-3 };
}
