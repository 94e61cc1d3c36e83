import { useState } from 'react';
import { say } from '../../core/language/say';
import type { NamedRun } from '../../store/runList';
import { useRuns } from './useRuns';

/** The longest name and note that are kept. */
const LONGEST = { name: 100, note: 2000 };

/** What a person says of a run: a name, a note and a star. */
export function RunLabelFields({ run: { id, label, name: ownName } }: { run: NamedRun }) {
  const runs = useRuns();
  const [name, setName] = useState(label.name);
  const [note, setNote] = useState(label.note);
  return (
    <div className="run-label">
      <label>
        {say('Name')}
        <input
          value={name}
          maxLength={LONGEST.name}
          placeholder={ownName}
          onChange={({ target }) => setName(target.value)}
          onBlur={() => name !== label.name && void runs.label(id, { name: name.trim() })}
        />
      </label>
      <label>
        {say('Note')}
        <input
          value={note}
          maxLength={LONGEST.note}
          onChange={({ target }) => setNote(target.value)}
          onBlur={() => note !== label.note && void runs.label(id, { note: note.trim() })}
        />
      </label>
      <button aria-pressed={label.starred} onClick={() => void runs.label(id, { starred: !label.starred })}>
        <span aria-hidden="true">{label.starred ? '★' : '☆'}</span> {say('Star')}
      </button>
    </div>
  );
}
