import { useState, type ChangeEvent, type KeyboardEvent } from 'react';

/** A text field over a value: what a person types stays as typed until they leave the field or press Enter; Escape gives it up. */
interface Draft {
  readonly text: string;
  /** What is wrong with the text, null while it is valid. */
  readonly problem: string | null;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/**
 * @param shown the value as it is shown while nobody types
 * @param problemOf null for a valid text, else what the field takes
 * @param atOnce take a valid text while it is typed, not only when it is done
 */
export function useDraft(shown: string, problemOf: (text: string) => string | null, take: (text: string) => void, atOnce: boolean): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null ? null : problemOf(draft);
  const finish = () => {
    if (draft !== null && problem === null && draft !== shown) take(draft);
    setDraft(null);
  };
  return {
    text: draft ?? shown,
    problem,
    onChange({ target: { value } }) {
      setDraft(value);
      if (atOnce && problemOf(value) === null) take(value);
    },
    onKeyDown({ key }) {
      if (key === 'Enter' && problem === null) finish();
      if (key === 'Escape') setDraft(null);
    },
    onBlur() {
      // Another window in front is no end of typing.
      if (document.hasFocus()) finish();
    },
  };
}
