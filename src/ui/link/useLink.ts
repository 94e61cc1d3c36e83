import { useCallback, useEffect, useState } from 'react';

const isLink = (hash: string) => hash.startsWith('#settings=');

/** The fragment of the link that the page is opened with, now or later; it leaves the address once it is taken. */
export function useLink(): { readonly fragment: string | null; readonly forget: () => void } {
  const [fragment, setFragment] = useState(() => (isLink(location.hash) ? location.hash : null));
  useEffect(() => {
    const follow = () => {
      if (!isLink(location.hash)) return;
      setFragment(location.hash);
      // The settings may change from now on, and a reload must not bring these back.
      history.replaceState(null, '', location.pathname + location.search);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return { fragment, forget: useCallback(() => setFragment(null), []) };
}
