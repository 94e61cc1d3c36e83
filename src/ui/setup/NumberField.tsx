import { useId } from 'react';
import { ambiguityOf, typedNumber } from '../typedNumber';
import { useDraft } from '../useDraft';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}

/** A number that takes effect while it is typed. While it is invalid the field says what it accepts. */
export function NumberField({ label, value, min, max, whole, disabled, onChange }: NumberFieldProps) {
  const id = useId();
  const {
    text,
    problem,
    onChange: type,
    onKeyDown,
    onBlur,
  } = useDraft({
    label,
    shown: String(value),
    problemOf: (typed) => problemOf(typed, min, max, whole),
    take: (typed) => onChange(typedNumber(typed, whole)),
    atOnce: true,
  });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode={whole ? 'numeric' : 'decimal'}
        value={text}
        disabled={disabled}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={type}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      {problem !== null && (
        <span className="error" id={`${id}-problem`} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** Null when the text is a number that the field takes. */
function problemOf(text: string, min: number, max: number, whole: boolean): string | null {
  const number = typedNumber(text, whole);
  if (number >= min && number <= max && (!whole || Number.isInteger(number))) return null;
  return ambiguityOf(text, whole) ?? `Takes ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
}
