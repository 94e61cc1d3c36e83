import { tidy } from '@tensorflow/tfjs-core';
import { operationsOf } from '../../core/network/plan';
import type { Model } from '../../core/search/training/engine';

/** Paths of the operations whose channels the search masks. */
export function maskedPaths({ plan, architecture }: Pick<Model, 'plan' | 'architecture'>): ReadonlySet<string> {
  const paths = plan.layers.flatMap(operationsOf).map(({ path }) => path);
  const masked = new Set<string>();
  tidy(() => {
    const mask = architecture?.pass('evaluation').forward.mask;
    for (const path of paths) if (mask?.(path)) masked.add(path);
  });
  return masked;
}
