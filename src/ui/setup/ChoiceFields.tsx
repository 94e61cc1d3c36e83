import { fullLabel, valueAt, type Choice, type Part } from '../../core/config/choice';
import { choices, matters } from '../../core/config/choices';
import { onOff, type Names, type Value } from '../../core/config/domain';
import { isHandSchedule, scheduleText } from '../../core/config/handSchedule';
import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { CostsFields } from './CostsFields';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';

/** A group of the list of choices, as far as it matters to what is searched. */
export function ChoiceFields({ group }: { group: Exclude<Choice['group'], 'space'> }) {
  const searches = useWorkbenchState(searchesOf);
  const strategy = useWorkbenchState(({ strategies, method }) => strategies.find(({ id }) => id === method));
  return choices
    .filter((choice) => choice.group === group && (!strategy || matters(choice, strategy)))
    .map((choice) =>
      choice.shape === 'costs' ? (
        <CostsFields key={choice.option} part={choice.parts[0]} />
      ) : (
        choice.parts
          .filter(({ space }) => space === undefined || searches.includes(space))
          .map((part) => (
            <PartField key={part.path} part={part} label={searches.length > 1 ? said(fullLabel(choice, part)) : say(part.label)} />
          ))
      ),
    );
}

function PartField({ part: { path, takes, follows, unset }, label }: { part: Part; label: string }) {
  const workbench = useWorkbench();
  const chosen = useWorkbenchState((state) => state.choices);
  const disabled = useWorkbenchState((state) => isBusy(state.run));
  const value = valueAt(chosen, path) ?? (follows ? valueAt(chosen, follows) : null);
  const field = { label, disabled, onChange: (changed: Value) => workbench.choose(path, changed) };
  if (takes.kind === 'number') return <NumberField {...field} range={takes} value={value as number | null} unset={unset && say(unset)} />;
  if (takes !== onOff) return <NamesField {...field} takes={takes} value={value as Value} />;
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={value as boolean}
        disabled={disabled}
        onChange={({ target: { checked } }) => field.onChange(checked)}
      />
      {label}
    </label>
  );
}

interface NamesFieldProps {
  readonly label: string;
  readonly takes: Names;
  readonly value: Value;
  readonly disabled: boolean;
  readonly onChange: (value: Value) => void;
}

/** A schedule by hand comes from a preset or a file; it is offered until a name is chosen in its place. */
function NamesField({ takes: { names }, value, onChange, ...field }: NamesFieldProps) {
  const byHand = isHandSchedule(value) ? scheduleText(value) : null;
  const options = names.map(({ name, label }) => [name, say(label)] as const);
  return (
    <SelectField
      {...field}
      value={byHand ?? names.find((named) => named.value === value)?.name ?? ''}
      options={Object.fromEntries(byHand === null ? options : [...options, [byHand, say('By hand: {schedule}', { schedule: byHand })]])}
      onChange={(chosen) => onChange(names.find(({ name }) => name === chosen)?.value ?? null)}
    />
  );
}
