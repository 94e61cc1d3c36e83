/** Values that a choice accepts, and values just outside. */
import type { Domain, Value } from '../../src/core/config/domain';

export function inside(domain: Domain): Value[] {
  if (domain.kind === 'names') return domain.names.map(({ value }) => value);
  const { least, most, open } = domain;
  return [open === 'none' ? least : least + (most - least) / 1000, open === 'both' ? (least + most) / 2 : most];
}

export function outside(domain: Domain): Value[] {
  if (domain.kind === 'names') return ['other', 1];
  const { least, most, open, whole } = domain;
  const beside = [least - 1, most + 1, 1e-45, ...(whole ? [least + 0.5] : [])];
  return [...beside, ...(open === 'none' ? [] : [least]), ...(open === 'both' ? [most] : [])];
}
