/** A person's own device while it is typed: texts, in the units of the form. */
import { layerKinds, type LayerKind } from '../../core/cost/devices/cycleModel';
import { typedNumber } from '../typedNumber';
import type { OwnDevice } from '../../core/cost/devices/ownDevice';

const kindNames: Readonly<Record<LayerKind, string>> = {
  conv2d: 'convolution',
  pointwise: '1×1 convolution',
  depthwiseConv2d: 'depthwise',
  dense: 'dense',
};

type Key =
  'name' | 'clockHz' | 'flashBytes' | 'ramBytes' | 'powerW' | `cyclesPerMac.${LayerKind}` | `cyclesPerOutput.${LayerKind}` | 'fixedCycles';

/** Texts by the path of the field in the description. */
export type Draft = Readonly<Record<Key, string>>;

interface Field {
  readonly key: Key;
  readonly label: string;
  /** The description's units in one unit of the form; null for a text. */
  readonly perUnit: number | null;
}

export const fields: readonly Field[] = [
  { key: 'name', label: 'Name', perUnit: null },
  { key: 'clockHz', label: 'Clock (MHz)', perUnit: 1e6 },
  { key: 'flashBytes', label: 'Flash memory (kB, or empty)', perUnit: 1000 },
  { key: 'ramBytes', label: 'RAM (kB, or empty)', perUnit: 1000 },
  { key: 'powerW', label: 'Power (mW, or empty)', perUnit: 1e-3 },
  ...layerKinds.map((kind): Field => ({ key: `cyclesPerMac.${kind}`, label: `Cycles per MAC, ${kindNames[kind]}`, perUnit: 1 })),
  ...layerKinds.map((kind): Field => ({ key: `cyclesPerOutput.${kind}`, label: `Cycles per output, ${kindNames[kind]}`, perUnit: 1 })),
  { key: 'fixedCycles', label: 'Fixed cycles', perUnit: 1 },
];

/** The form's first values: round numbers in the range of a microcontroller. */
export const firstDraft: Draft = draftOf({
  name: 'My device',
  clockHz: 100e6,
  flashBytes: 1e6,
  ramBytes: 256e3,
  powerW: null,
  cyclesPerMac: { conv2d: 1.5, pointwise: 1.5, depthwiseConv2d: 2, dense: 2 },
  cyclesPerOutput: { conv2d: 15, pointwise: 15, depthwiseConv2d: 15, dense: 15 },
  fixedCycles: 30_000,
});

export function draftOf(device: OwnDevice): Draft {
  const texts = fields.map(({ key, perUnit }) => {
    const value = at(device, key);
    if (value === null) return [key, ''];
    return [key, typeof value === 'string' ? value : String(Number((value / (perUnit as number)).toPrecision(12)))];
  });
  return Object.fromEntries(texts) as Draft;
}

/** Whether two drafts predict the same costs, which do not depend on the name and the memories' sizes. */
export function sameModel(one: Draft, other: Draft): boolean {
  return fields.every(({ key }) => key === 'name' || key === 'flashBytes' || key === 'ramBytes' || one[key] === other[key]);
}

/** The description that the texts make, unchecked: an empty text becomes null, and a text that is no number stays a text. */
export function describe(draft: Draft): unknown {
  const description: Record<string, unknown> = {};
  for (const { key, perUnit } of fields) {
    const [group, part] = key.split('.') as [string, string | undefined];
    const value = perUnit === null ? draft[key] : numberOf(draft[key], perUnit);
    if (part === undefined) description[group] = value;
    else description[group] = { ...(description[group] as object | undefined), [part]: value };
  }
  return description;
}

function numberOf(text: string, perUnit: number): number | string | null {
  if (text.trim() === '') return null;
  const number = typedNumber(text);
  return Number.isNaN(number) ? text : Number((number * perUnit).toPrecision(12));
}

function at(device: OwnDevice, key: Key): string | number | null {
  return key.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], device) as string | number | null;
}
