import { useSyncExternalStore } from 'react';
import type { ReloadGain, ReloadOffer } from '../client/reloadOffer';
import { isBusy } from '../store/isBusy';
import { useWorkbenchState } from './useWorkbench';
import './ReloadNotice.css';
import { say, word } from '../core/language/say';

const texts: Readonly<Record<ReloadGain, string>> = {
  version: word('A new version is ready.'),
  threads: word('This page runs on one thread until it is loaded once more.'),
};

/** Offers a reload that brings something, but not while a search is under way. */
export function ReloadNotice({ offer }: { offer: ReloadOffer }) {
  const gain = useSyncExternalStore(offer.subscribe, offer.gain);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  return (
    <div aria-live="polite">
      {gain !== null && !busy && (
        <p className="reload">
          {say(texts[gain])} <button onClick={() => offer.accept()}>{say('Reload')}</button>
        </p>
      )}
    </div>
  );
}
