import { useState, type ChangeEvent, type KeyboardEvent } from 'react';

/** A text field over a value: what a person types takes effect, if valid, once they press Enter or leave the field. */
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
 */
export function useDraft(shown: string, problemOf: (text: string) => string | null, take: (text: string) => void): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null ? null : problemOf(draft);
  // Not digit by digit: a running search would follow "3" on the way to "30".
  const takeDraft = () => {
    if (draft !== null && problem === null && draft !== shown) take(draft);
  };
  return {
    text: draft ?? shown,
    problem,
    onChange: ({ target: { value } }) => setDraft(value),
    onKeyDown({ key }) {
      if (key !== 'Enter' || problem !== null) return;
      takeDraft();
      setDraft(null);
    },
    onBlur() {
      takeDraft();
      setDraft(null);
    },
  };
}
