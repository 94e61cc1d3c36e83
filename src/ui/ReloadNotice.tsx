import { useSyncExternalStore } from 'react';
import type { ReloadGain, ReloadOffer } from '../client/reloadOffer';
import { isBusy } from '../store/isBusy';
import { useWorkbenchState } from './useWorkbench';
import './ReloadNotice.css';

const texts: Readonly<Record<ReloadGain, string>> = {
  version: 'A new version is ready.',
  threads: 'This page runs on one thread until it is loaded once more.',
};

/** Offers a reload that brings something, but not while a search is under way. */
export function ReloadNotice({ offer }: { offer: ReloadOffer }) {
  const gain = useSyncExternalStore(offer.subscribe, offer.gain);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  return (
    <div aria-live="polite">
      {gain !== null && !busy && (
        <p className="reload">
          {texts[gain]} <button onClick={() => offer.accept()}>Reload</button>
        </p>
      )}
    </div>
  );
}
