/** Says in what two configs differ. */

/** The most differences that are named. */
const MOST = 3;

/** "epochs.search is 8 there and 4 here"; null where there is no difference. */
export function configDifferences(there: unknown, here: unknown): string | null {
  // As JSON has it, a key without a value is no key.
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  const found = [...differences(plain(there), plain(here), '')];
  if (found.length === 0) return null;
  const named = found.slice(0, MOST).map(({ path, was, is }) => `${path} is ${text(was)} there and ${text(is)} here`);
  const left = found.length - named.length;
  return [...named, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

interface Difference {
  readonly path: string;
  readonly was: unknown;
  readonly is: unknown;
}

function* differences(was: unknown, is: unknown, path: string): Generator<Difference, void> {
  if (isObject(was) && isObject(is))
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
      yield* differences(was[key], is[key], path === '' ? key : `${path}.${key}`);
  else if (JSON.stringify(was) !== JSON.stringify(is)) yield { path, was, is };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The most letters of a value that are shown. */
const LONGEST = 60;

function text(value: unknown): string {
  if (value === undefined) return 'missing';
  const whole = typeof value === 'string' ? value : JSON.stringify(value);
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}
