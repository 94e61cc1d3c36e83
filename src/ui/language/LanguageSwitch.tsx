import { useId } from 'react';
import { languages } from '../../core/language/languages';
import { locale, say } from '../../core/language/say';
import { choose } from './language';
import './LanguageSwitch.css';

/** The choice of the page's language. A language that could not be loaded leaves the one before. */
export function LanguageSwitch() {
  const id = useId();
  return (
    <div className="language">
      <label htmlFor={id} className="visually-hidden">
        {say('Language')}
      </label>
      <select id={id} value={locale()} onChange={({ target }) => void choose(target.value)}>
        {languages.map((language) => (
          <option key={language.id} value={language.id} lang={language.id}>
            {language.name}
          </option>
        ))}
      </select>
    </div>
  );
}
