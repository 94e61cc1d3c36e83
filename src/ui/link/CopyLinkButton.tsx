import { useStore } from 'zustand';
import { say } from '../../core/language/say';
import type { LinkedSettings } from '../../core/runs/linkedSettings';
import { useWorkbench } from '../useWorkbench';
import { copyLink, linkState } from './copyLink';

interface CopyLinkButtonProps {
  /** What the link is of; differs among the buttons of the page. */
  readonly of: string;
  readonly settings: () => Promise<LinkedSettings | null>;
  readonly disabled?: boolean;
}

/** Copies a link that carries settings. */
export function CopyLinkButton({ of, settings, disabled = false }: CopyLinkButtonProps) {
  const workbench = useWorkbench();
  const copied = useStore(linkState, (state) => state.copied === of);
  return (
    <button disabled={disabled} onClick={() => void copyLink(workbench, of, settings)}>
      {copied ? say('Link copied') : say('Copy link')}
    </button>
  );
}
