import { useId } from 'react';
import type { NumberRange } from '../../core/config/domain';
import { numberProblem, typedNumber } from '../typedNumber';
import { useDraft } from '../useDraft';

interface NumberFieldProps {
  readonly label: string;
  /** Null for an empty field, which means what `unset` says. */
  readonly value: number | null;
  readonly unset?: string | undefined;
  readonly range: NumberRange;
  readonly disabled: boolean;
  readonly onChange: (value: number | null) => void;
}

/** A number that takes effect while it is typed. While it is invalid the field says what it accepts. */
export function NumberField({ label, value, unset, range, disabled, onChange }: NumberFieldProps) {
  const id = useId();
  const isEmpty = (typed: string) => unset !== undefined && typed.trim() === '';
  const {
    text,
    problem,
    onChange: type,
    onKeyDown,
    onBlur,
  } = useDraft({
    label,
    shown: value === null ? '' : String(value),
    problemOf: (typed) => (isEmpty(typed) ? null : numberProblem(typed, range)),
    take: (typed) => onChange(isEmpty(typed) ? null : typedNumber(typed, range.whole)),
    atOnce: true,
  });
  return (
    <div className={unset === undefined ? 'field' : 'field wide'}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode={range.whole ? 'numeric' : 'decimal'}
        value={text}
        placeholder={unset}
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
