/** Values that a choice accepts, and values just outside. */
import type { Domain, Value } from '../../src/core/config/domain';
import type { HandSchedule } from '../../src/core/config/searchConfig';

const byHand: { readonly inside: HandSchedule[]; readonly outside: HandSchedule[] } = {
  inside: [
    [[0, 1.5]],
    [
      [20, 0.5],
      [30, 0.25],
    ],
  ],
  outside: [
    [],
    [[-1, 0.5]],
    [[0.5, 0.5]],
    [[20, 0]],
    [[20, 1e-45]],
    [[20, NaN]],
    [
      [20, 0.5],
      [20, 0.25],
    ],
    [
      [30, 0.5],
      [20, 0.25],
    ],
    [[20] as never],
    [[20, 0.5, 0.25] as never],
  ],
};

export function inside(domain: Domain): Value[] {
  if (domain.kind === 'names') return [...domain.names.map(({ value }) => value), ...(domain.orByHand ? byHand.inside : [])];
  const { least, most, open } = domain;
  return [open === 'none' ? least : least + (most - least) / 1000, open === 'both' ? (least + most) / 2 : most];
}

export function outside(domain: Domain): Value[] {
  if (domain.kind === 'names') return ['other', 1, ...(domain.orByHand ? byHand.outside : [])];
  const { least, most, open, whole } = domain;
  const beside = [least - 1, most + 1, 1e-45, ...(whole ? [least + 0.5] : [])];
  return [...beside, ...(open === 'none' ? [] : [least]), ...(open === 'both' ? [most] : [])];
}
