/** A person's own device as JSON, checked field by field. docs/devices.md describes the format. */
import * as v from 'valibot';
import { WorkbenchError } from '../../errors';
import { semicolonsLater } from '../../language/lists';
import { word } from '../../language/say';
import { sayLater, type Told } from '../../language/told';
import { modelTerms, type CycleModel } from './cycleModel';
import type { Device, ModelErrors } from './device';

export interface OwnDevice extends CycleModel {
  readonly name: string;
  readonly clockHz: number;
  /** Null where there is no limit. */
  readonly flashBytes: number | null;
  readonly ramBytes: number | null;
  /** Mean power while a network runs, null where it is not known. */
  readonly powerW: number | null;
  /** The errors of the fit; missing when nothing is known about them. */
  readonly modelErrors?: ModelErrors;
}

const above0 = word('must be a number above 0');
const above0OrNone = word('must be a number above 0, or left out');
const notBelow0 = word('must be a number not below 0');
const positive = v.pipe(v.number(above0), v.finite(above0), v.gtValue(0, above0));
/** Cycles are rounded to multiples of 1/65536, so a smaller number would become 0. */
const countable = v.pipe(v.number(above0), v.finite(above0), v.minValue(1 / 65_536, word('must be a number of 1/65536 or more')));
const notNegative = v.pipe(v.number(notBelow0), v.finite(notBelow0), v.minValue(0, notBelow0));
const wholeBytes = word('must be a whole number of bytes above 0, or left out');
const memory = v.optional(v.nullable(v.pipe(v.number(wholeBytes), v.integer(wholeBytes), v.minValue(1, wholeBytes))), null);
/** The most letters of a device's name; a text below says the number. */
export const LONGEST_NAME = 60;

/** What is wrong with an object itself. valibot expects "never" for an unknown field and "Object" for the whole. */
const shape =
  (unknown: string) =>
  ({ expected }: { readonly expected: string | null }) => {
    if (expected === 'never') return unknown;
    return expected === 'Object' ? word('must be an object') : word('is missing');
  };
const byKind = (cycles: typeof countable | typeof notNegative) =>
  v.strictObject(
    { conv2d: cycles, pointwise: cycles, depthwiseConv2d: cycles, dense: cycles },
    shape(word('is not a field; there are conv2d, pointwise, depthwiseConv2d, dense')),
  );

export const ownDeviceSchema = v.strictObject(
  {
    name: v.pipe(
      v.string(word('must be a text')),
      v.trim(),
      v.nonEmpty(word('must not be empty')),
      v.maxLength(LONGEST_NAME, word('must have at most 60 letters')),
    ),
    clockHz: positive,
    flashBytes: memory,
    ramBytes: memory,
    powerW: v.optional(v.nullable(v.pipe(v.number(above0OrNone), v.finite(above0OrNone), v.gtValue(0, above0OrNone))), null),
    cyclesPerMac: byKind(countable),
    cyclesPerOutput: byKind(notNegative),
    fixedCycles: notNegative,
    modelErrors: v.exactOptional(
      v.strictObject(
        { latencyMs: v.exactOptional(notNegative), energyUj: v.exactOptional(notNegative) },
        shape(word('is not a field; there are latencyMs, energyUj')),
      ),
    ),
  },
  shape(
    word('is not a field; there are name, clockHz, flashBytes, ramBytes, powerW, cyclesPerMac, cyclesPerOutput, fixedCycles, modelErrors'),
  ),
);

/** The problems by field (`clockHz`, `cyclesPerMac.dense`); empty when there are none. */
export function ownDeviceProblems(json: unknown): ReadonlyMap<string, Told> {
  const result = v.safeParse(ownDeviceSchema, json);
  if (result.success) return new Map();
  return new Map(result.issues.map((issue) => [v.getDotPath(issue) ?? '', sayLater(issue.message)]));
}

/** @throws WorkbenchError `invalid-setting` that names every field that is wrong */
export function parseOwnDevice(json: unknown): OwnDevice {
  const result = v.safeParse(ownDeviceSchema, json);
  if (result.success) return result.output;
  const problems = [...ownDeviceProblems(json)].map(([field, problem]) =>
    sayLater('{field} {problem}', { field: field === '' ? sayLater('the device') : field, problem }),
  );
  throw new WorkbenchError(
    'invalid-setting',
    sayLater('This is no description of a device: {problems}.', { problems: semicolonsLater(problems) }),
  );
}

/** The device as cost metrics need it. */
export function deviceFrom(own: OwnDevice): Device {
  return { ...own, id: 'own', fixedCycles: Math.round(own.fixedCycles), source: word('own device'), cycles: (row) => modelTerms(own, row) };
}
