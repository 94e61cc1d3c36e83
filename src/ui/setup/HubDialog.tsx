import { useRef, useState, type SubmitEvent } from 'react';
import { asWorkbenchError } from '../../core/errors';
import { say } from '../../core/language/say';
import type { Told } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import type { HubListing } from '../../protocol/datasets';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { HubChoiceForm } from './HubChoiceForm';
import './HubDialog.css';

/** Takes a data set of the Hugging Face hub by its name. Nothing is sent to other hosts before the person asks for the list. */
export function HubDialog({ disabled }: { readonly disabled: boolean }) {
  const workbench = useWorkbench();
  const hosts = useWorkbenchState((state) => state.hubHosts);
  const loading = useWorkbenchState((state) => state.loadingData);
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState('');
  const [listing, setListing] = useState<HubListing | null>(null);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<Told | null>(null);
  const list = async (event: SubmitEvent) => {
    event.preventDefault();
    setAsking(true);
    setAsked(true);
    setError(null);
    setListing(null);
    try {
      setListing(await workbench.hub.list(name));
    } catch (reason) {
      setError(asWorkbenchError(reason).told);
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <button disabled={disabled} onClick={() => dialog.current?.showModal()}>
        {say('From the Hugging Face hub …')}
      </button>
      <dialog
        ref={dialog}
        className="hub-dialog"
        aria-labelledby="hub-title"
        onClose={() => {
          if (asking || loading) workbench.hub.cancel();
        }}
      >
        <h3 id="hub-title">{say('A data set of the Hugging Face hub')}</h3>
        <form className="fields" onSubmit={(event) => void list(event)}>
          <div className="field wide">
            <label htmlFor="hub-name">{say('Name of the data set, OWNER/NAME')}</label>
            <input
              id="hub-name"
              value={name}
              disabled={asking || loading}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="hub-hosts"
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <p className="hint" id="hub-hosts">
            {asked ? '' : `${say('Nothing has been sent so far.')} `}
            {say(
              '“List” sends the name to the hub, and “Fetch” gets the files from it and from where it keeps them: {hosts}. These hosts learn your internet address and what you fetch, as they do when you open the data set’s page. No account is used. Your own files and results stay on this machine.',
              { hosts: hosts.join(', ') },
            )}
          </p>
          <div className="buttons">
            <button type="submit" className={listing ? '' : 'primary'} disabled={asking || loading || name.trim() === ''}>
              {asking ? say('Listing …') : say('List')}
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              {say('Close')}
            </button>
          </div>
        </form>
        <ErrorText of={error} />
        {listing && <HubChoiceForm key={listing.name} listing={listing} onDone={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}
