import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { say, sayMarked } from '../../core/language/say';
import { OverPage } from '../OverPage';
import { shortcuts, type Shortcut } from './shortcuts';
import { singleKeys, switchSingleKeys } from './singleKeys';
import './Shortcuts.css';

/** Lists the shortcuts. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const act = useStore(singleKeys, (state) => state.act);
  return (
    <OverPage title={say('Keyboard shortcuts')} onClose={onClose}>
      <p className="hint">{say('They act on the page itself, except while you type. Everything else is reached by Tab.')}</p>
      <table className="shortcuts">
        <tbody>
          {shortcuts.map(({ keys, what }) => (
            <tr key={what}>
              <th scope="row">{keysShown(keys)}</th>
              <td>{say(what)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="check">
        <input type="checkbox" checked={act} onChange={({ target }) => switchSingleKeys(target.checked)} />
        {say('Keys without Ctrl act, too')}
      </label>
    </OverPage>
  );
}

function keysShown([first, second]: Shortcut['keys']) {
  if (second === undefined) return <kbd>{first}</kbd>;
  return sayMarked('<key>{first}</key> or <key>{second}</key>', {
    first,
    second,
    key: (parts: ReactNode[]) => <kbd key={(parts as string[]).join('')}>{parts}</kbd>,
  });
}
