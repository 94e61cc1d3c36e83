import { useEffect, useState, type ChangeEvent, type KeyboardEvent } from 'react';
import { useWorkbench } from './useWorkbench';

/**
 * A text field over a value: what a person types stays as typed until they leave the field or press Enter; Escape gives it up. A text that
 * is refused stays with its message also when they leave, until they correct it or the value is set elsewhere; no search starts meanwhile.
 */
interface Draft {
  readonly text: string;
  /** What is wrong with the text, null while it is valid. */
  readonly problem: string | null;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

interface DraftOptions {
  /** What the field is called. */
  readonly label: string;
  /** The value as it is shown while nobody types. */
  readonly shown: string;
  /** Null for a valid text, else what the field takes. */
  readonly problemOf: (text: string) => string | null;
  readonly take: (text: string) => void;
  /** Take a valid text while it is typed, not only when it is done. */
  readonly atOnce: boolean;
}

export function useDraft({ label, shown, problemOf, take, atOnce }: DraftOptions): Draft {
  /** `over`: the value that a refused text was left over. */
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
      // Another window in front is no end of typing.
      if (document.hasFocus()) finish();
    },
  };
}

/** Tells the workbench whether a field holds a text that it does not take. */
function useRefusal(label: string, refused: boolean): void {
  const workbench = useWorkbench();
  useEffect(() => {
    if (!refused) return;
    workbench.refuse(label, true);
    return () => workbench.refuse(label, false);
  }, [workbench, label, refused]);
}
