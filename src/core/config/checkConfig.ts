/** Checks a search's config against the list of choices, whatever its source. */
import * as v from 'valibot';
import { metricTexts } from '../cost/metricTexts';
import type { MetricId } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import { commasLater } from '../language/lists';
import { fromString, inString, sayLater } from '../language/told';
import { fullLabel, type Choice, type Part } from './choice';
import { choices } from './choices';
import { refusal } from './domain';
import { float32Range, isInFloat32 } from './float32';
import type { SearchConfig } from './searchConfig';

/** Keys that lead to a value, and the check for it. */
type Field = readonly [keys: readonly string[], schema: v.GenericSchema];

const metricIds = Object.keys(metricTexts) as MetricId[];
const absent = () => inString(sayLater('is missing'));
const unknown = () => inString(sayLater('is no cost; there are {costs}', { costs: commasLater(metricIds) }));

const { objective, ...others } = entriesOf([
  [['objective', 'metrics'], v.array(v.picklist(metricIds, unknown), () => inString(sayLater('is no list of costs')))],
  ...choices.flatMap((choice) => choice.parts.map((part): Field => [part.path.split('.'), schemaOf(choice, part)])),
]);

const schema = v.looseObject(
  {
    ...others,
    objective: v.nullable(objective as v.GenericSchema),
    targets: v.strictObject(Object.fromEntries(metricIds.map((id) => [id, v.optional(targetSchema(id))])), unknown),
  },
  absent,
);

/**
 * @throws WorkbenchError `invalid-setting` that names the first choice or target that is missing, out of range, or outside the
 * 32-bit numbers that training uses
 */
export function checkConfig(config: SearchConfig): void {
  const { issues } = v.safeParse(schema, config, { abortEarly: true });
  if (!issues) return;
  const [issue] = issues;
  const setting = v.getDotPath(issue) ?? '';
  const problem = fromString(issue.message);
  const told =
    issue.type === 'custom' ? problem : sayLater('The search’s config cannot be used: {setting} {problem}.', { setting, problem });
  throw new WorkbenchError('invalid-setting', told, { setting, value: issue.input });
}

function schemaOf(choice: Choice, part: Part): v.GenericSchema {
  const { takes, follows, unset } = part;
  return v.custom(
    (value) => (value === null && (follows ?? unset) !== undefined) || refusal(takes, value) === null,
    ({ input }) =>
      inString(
        sayLater('“{label}” (--{option}) takes {range}, not {given}.', {
          label: fullLabel(choice, part),
          option: choice.option,
          range: refusal(takes, input) ?? '',
          given: Array.isArray(input) ? JSON.stringify(input) : String(input),
        }),
      ),
  );
}

function targetSchema(id: MetricId): v.GenericSchema {
  return v.custom(
    (value) => typeof value === 'number' && isInFloat32(value),
    ({ input }) =>
      inString(
        sayLater('The {cost} target takes {range}, not {given}.', {
          cost: sayLater(metricTexts[id].word),
          range: float32Range(),
          given: String(input),
        }),
      ),
  );
}

/** The checks of these fields, nested in objects by their keys. */
function entriesOf(fields: readonly Field[]): Record<string, v.GenericSchema> {
  const keys = [...new Set(fields.map(([[key]]) => key as string))];
  return Object.fromEntries(
    keys.map((key) => {
      const inside = fields.filter(([[first]]) => first === key).map(([[, ...rest], of]): Field => [rest, of]);
      const [only] = inside as [Field];
      return [key, only[0].length === 0 ? only[1] : v.looseObject(entriesOf(inside), absent)];
    }),
  );
}
