import type { Attributes } from '../ops/index';
import { inRow } from './builders';
import { INPUT } from './input';
import type { Layer } from './network';

/**
 * Layers one after the other, in named groups. The last layer of a group carries the group's name, the ones before it
 * their place in it: `block1/0`, `block1/1`, `block1`.
 */
export function chain(groups: readonly (readonly [name: string, layers: readonly Attributes[]])[]): Layer[] {
  const named = groups.flatMap(([name, layers]) =>
    layers.map((attributes, index) => [index === layers.length - 1 ? name : `${name}/${index}`, attributes] as const),
  );
  return inRow(INPUT, named);
}
