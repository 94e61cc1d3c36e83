import { useState, type ChangeEvent } from 'react';

/** A text field over a value: what a person types stays as typed until they leave the field, and takes effect once it is valid. */
interface Draft {
  readonly text: string;
  /** What is wrong with the text, null while it is valid. */
  readonly problem: string | null;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onBlur: () => void;
}

/**
 * @param shown the value as it is shown while nobody types
 * @param problemOf null for a valid text, else what the field takes
 */
export function useDraft(shown: string, problemOf: (text: string) => string | null, take: (text: string) => void): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  return {
    text: draft ?? shown,
    problem: draft === null ? null : problemOf(draft),
    onChange({ target: { value } }) {
      setDraft(value);
      if (problemOf(value) === null) take(value);
    },
    onBlur: () => setDraft(null),
  };
}
