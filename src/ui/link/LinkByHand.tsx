import { useStore } from 'zustand';
import { say } from '../../core/language/say';
import { OverPage } from '../OverPage';
import { linkState } from './copyLink';
import './LinkByHand.css';

/** Shows a link that the browser did not let be copied. */
export function LinkByHand() {
  const link = useStore(linkState, (state) => state.byHand);
  if (link === null) return null;
  return (
    <OverPage title={say('Link to these settings')} onClose={() => linkState.setState({ byHand: null })}>
      <label className="by-hand">
        {say('The browser did not let the page copy it. Copy it from here:')}
        <input readOnly value={link} onFocus={({ target }) => target.select()} />
      </label>
    </OverPage>
  );
}
