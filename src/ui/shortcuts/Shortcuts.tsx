import { useStore } from 'zustand';
import { OverPage } from '../OverPage';
import { shortcuts } from './shortcuts';
import { singleKeys, switchSingleKeys } from './singleKeys';
import './Shortcuts.css';

/** Lists the shortcuts. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const act = useStore(singleKeys, (state) => state.act);
  return (
    <OverPage title="Keyboard shortcuts" onClose={onClose}>
      <p className="hint">They act on the page itself, except while you type. Everything else is reached by Tab.</p>
      <table className="shortcuts">
        <tbody>
          {shortcuts.map(({ keys, what }) => (
            <tr key={what}>
              <th scope="row">
                {keys.map((combination, index) => (
                  <span key={combination}>
                    {index > 0 && ' or '}
                    <kbd>{combination}</kbd>
                  </span>
                ))}
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="check">
        <input type="checkbox" checked={act} onChange={({ target }) => switchSingleKeys(target.checked)} />
        Keys without Ctrl act, too
      </label>
    </OverPage>
  );
}
