import { useState, type SubmitEvent } from 'react';
import { say } from '../../core/language/say';
import { useClassroom, useClassState } from './useClassroom';

/** Joins a class with its code, or leads it with the teacher's key. */
export function JoinForm() {
  const classroom = useClassroom();
  const open = useClassState((state) => state.open);
  return (
    <>
      <p>{say('This page is for a class. Who joins sees the finished searches of all in one chart.')}</p>
      {open ? (
        <CodeForm label={say('Code on the teacher’s screen')} action={say('Join')} primary onCode={(code) => void classroom.join(code)} />
      ) : (
        <p className="hint">{say('The teacher has closed the class, so nobody can join now.')}</p>
      )}
      <p className="hint">
        {say(
          'You are a number there, without a name. Of each search that finishes from now on, the class gets its settings, its quality and its network. Searches on your own examples or device stay here.',
        )}
      </p>
      {!isSecureContext && (
        <p className="hint">
          {say(
            'This page came over plain http. Browsers let it train on one thread and without a graphics card, and others in the network could read along.',
          )}
        </p>
      )}
      <details>
        <summary>{say('I lead the class')}</summary>
        <CodeForm label={say('Teacher’s key, from the terminal')} action={say('Lead')} onCode={(key) => void classroom.lead(key)} />
      </details>
    </>
  );
}

interface CodeFormProps {
  readonly label: string;
  readonly action: string;
  readonly primary?: boolean;
  readonly onCode: (code: string) => void;
}

function CodeForm({ label, action, primary = false, onCode }: CodeFormProps) {
  const [code, setCode] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onCode(code);
  };
  return (
    <form className="class-code-form" onSubmit={submit}>
      <label>
        {label}{' '}
        <input
          value={code}
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={({ target }) => setCode(target.value)}
        />
      </label>
      <button className={primary ? 'primary' : ''}>{action}</button>
    </form>
  );
}
