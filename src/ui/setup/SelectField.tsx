import { useId } from 'react';

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** Each value with its name. */
  readonly options: Readonly<Partial<Record<Value, string>>>;
  readonly disabled: boolean;
  readonly onChange: (value: Value) => void;
}

/** One of a few choices. */
export function SelectField<Value extends string>({ label, value, options, disabled, onChange }: SelectFieldProps<Value>) {
  const id = useId();
  return (
    <div className="field wide">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as Value)}>
        {(Object.entries(options) as [Value, string][]).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
