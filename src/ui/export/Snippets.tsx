import { useState } from 'react';
import { say } from '../../core/language/say';
import { useWorkbenchState } from '../useWorkbench';

/** How a program uses the files, to be copied. */
export function Snippets() {
  const exports = useWorkbenchState((state) => state.exports);
  return (
    <>
      <h3>{say('In a program')}</h3>
      {exports.flatMap(({ snippets = [] }) => snippets.map(({ title, code }) => <Snippet key={title} title={say(title)} code={code} />))}
    </>
  );
}

function Snippet({ title, code }: { readonly title: string; readonly code: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setSaid(say('Copied'));
    } catch {
      // Browsers give pages no clipboard where the address is not secure or a person has refused it.
      setSaid(say('This browser does not let the page copy. Select the text and copy it yourself.'));
    }
  };
  return (
    <details>
      <summary>{title}</summary>
      <div className="buttons">
        <button onClick={() => void copy()} aria-label={say('Copy the code: {title}', { title })}>
          {say('Copy')}
        </button>
        <span aria-live="polite">{said}</span>
      </div>
      <pre tabIndex={0} role="region" aria-label={say('Code: {title}', { title })}>
        {code}
      </pre>
    </details>
  );
}
