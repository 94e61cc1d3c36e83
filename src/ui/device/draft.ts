/** A person's own device while it is typed: texts, in the units of the form. */
import { layerKinds, type LayerKind } from '../../core/cost/devices/cycleModel';
import { typedNumber } from '../typedNumber';
import type { OwnDevice } from '../../core/cost/devices/ownDevice';
import { word } from '../../core/language/say';

const macLabels: Readonly<Record<LayerKind, string>> = {
  conv2d: word('Cycles per MAC, convolution'),
  pointwise: word('Cycles per MAC, 1×1 convolution'),
  depthwiseConv2d: word('Cycles per MAC, depthwise'),
  dense: word('Cycles per MAC, dense'),
};
const outputLabels: Readonly<Record<LayerKind, string>> = {
  conv2d: word('Cycles per output, convolution'),
  pointwise: word('Cycles per output, 1×1 convolution'),
  depthwiseConv2d: word('Cycles per output, depthwise'),
  dense: word('Cycles per output, dense'),
};

type Key =
  'name' | 'clockHz' | 'flashBytes' | 'ramBytes' | 'powerW' | `cyclesPerMac.${LayerKind}` | `cyclesPerOutput.${LayerKind}` | 'fixedCycles';

/** Texts by the path of the field in the description. */
export type Draft = Readonly<Record<Key, string>>;

interface Field {
  readonly key: Key;
  /** In English. */
  readonly label: string;
  /** The description's units in one unit of the form; null for a text. */
  readonly perUnit: number | null;
}

export const fields: readonly Field[] = [
  { key: 'name', label: word('Name'), perUnit: null },
  { key: 'clockHz', label: word('Clock (MHz)'), perUnit: 1e6 },
  { key: 'flashBytes', label: word('Flash memory (kB, or empty)'), perUnit: 1000 },
  { key: 'ramBytes', label: word('RAM (kB, or empty)'), perUnit: 1000 },
  { key: 'powerW', label: word('Power (mW, or empty)'), perUnit: 1e-3 },
  ...layerKinds.map((kind): Field => ({ key: `cyclesPerMac.${kind}`, label: macLabels[kind], perUnit: 1 })),
  ...layerKinds.map((kind): Field => ({ key: `cyclesPerOutput.${kind}`, label: outputLabels[kind], perUnit: 1 })),
  { key: 'fixedCycles', label: word('Fixed cycles'), perUnit: 1 },
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
