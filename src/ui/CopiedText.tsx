import { useState } from 'react';
import { say } from '../core/language/say';
import { said, sayLater, type Told } from '../core/language/told';

interface CopiedTextProps {
  readonly text: string;
  /** What the text is, and what the button does with it, for screen readers. */
  readonly label: string;
  readonly copyLabel: string;
}

/** A text for another program, which a person reads and copies. */
export function CopiedText({ text, label, copyLabel }: CopiedTextProps) {
  const [outcome, setOutcome] = useState<Told>('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome(sayLater('Copied'));
    } catch {
      // Browsers give pages no clipboard where the address is not secure or a person has refused it.
      setOutcome(sayLater('This browser does not let the page copy. Select the text and copy it yourself.'));
    }
  };
  return (
    <>
      <div className="buttons">
        <button onClick={() => void copy()} aria-label={copyLabel}>
          {say('Copy')}
        </button>
        <span aria-live="polite">{said(outcome)}</span>
      </div>
      <pre tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
    </>
  );
}
