/**
 * What React keeps between renders, made anew in another language as well, because most of it holds words of the page. Views import these in
 * place of React's own.
 */
import { createElement, memo as keep, useMemo as useKept, useSyncExternalStore, type DependencyList, type FunctionComponent } from 'react';
import { locale } from '../../core/language/say';
import { onLanguage } from './language';

export function memo<Props extends object>(View: FunctionComponent<Props>) {
  return keep(function Kept(props: Props) {
    useSyncExternalStore(onLanguage, locale);
    return createElement(View, props);
  });
}

export function useMemo<Made>(make: () => Made, needs: DependencyList): Made {
  // eslint-disable-next-line react-hooks/use-memo -- the caller lists what it needs
  return useKept(make, [...needs, locale()]);
}
