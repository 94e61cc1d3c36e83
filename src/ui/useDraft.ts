import { useEffect, useState, type ChangeEvent, type KeyboardEvent } from 'react';
import { useWorkbench } from './useWorkbench';

/**
 * A text field over a value. Typed text stays as typed until the person leaves the field or presses Enter; Escape drops it. Invalid
 * text stays, with its message, until the person corrects it or the value is set elsewhere. No search starts meanwhile.
 */
interface Draft {
  readonly text: string;
  /** What is wrong with the text; null while it is valid. */
  readonly problem: string | null;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

interface DraftOptions {
  /** What the field is called. */
  readonly label: string;
  /** The value's text while nobody types. */
  readonly shown: string;
  /** Null for a valid text, else what the field accepts. */
  readonly problemOf: (text: string) => string | null;
  readonly take: (text: string) => void;
  /** Whether a valid text takes effect while it is typed, and not only when the person is done. */
  readonly atOnce: boolean;
}

export function useDraft({ label, shown, problemOf, take, atOnce }: DraftOptions): Draft {
  /** `over`: the value at the time when an invalid text was left in the field. */
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: string | null } | null>(null);
  const draft = typed && (typed.over === null || typed.over === shown) ? typed.text : null;
  const problem = draft === null ? null : problemOf(draft);
  useRefusal(label, problem !== null);
  const finish = () => {
    if (draft !== null && problem === null && draft !== shown) take(draft);
    setTyped(draft === null || problem === null ? null : { text: draft, over: shown });
  };
  return {
    text: draft ?? shown,
    problem,
    onChange({ target: { value } }) {
      setTyped({ text: value, over: null });
      if (atOnce && problemOf(value) === null) take(value);
    },
    onKeyDown({ key }) {
      if (key === 'Enter') finish();
      if (key === 'Escape') setTyped(null);
    },
    onBlur() {
      // Switching to another window does not end the typing.
      if (document.hasFocus()) finish();
    },
  };
}

/** Tells the workbench whether a field holds invalid text. */
function useRefusal(label: string, refused: boolean): void {
  const workbench = useWorkbench();
  useEffect(() => {
    if (!refused) return;
    workbench.refuse(label, true);
    return () => workbench.refuse(label, false);
  }, [workbench, label, refused]);
}
