import { useState } from 'react';
import { missingFile } from '../../core/errors';
import { languages } from '../../core/language/languages';
import { locale, say } from '../../core/language/say';
import { choose } from './language';

const ID = 'language';

/** The choice of the page's language. A language that could not be loaded leaves the one before. */
export function LanguageSwitch() {
  const [missing, setMissing] = useState(false);
  const change = async (id: string) => {
    try {
      await choose(id);
      setMissing(false);
    } catch {
      setMissing(true);
    }
  };
  return (
    <div>
      <label htmlFor={ID} className="visually-hidden">
        {say('Language')}
      </label>
      <select id={ID} value={locale()} onChange={({ target }) => void change(target.value)}>
        {languages.map((language) => (
          <option key={language.id} value={language.id} lang={language.id}>
            {language.name}
          </option>
        ))}
      </select>
      {missing && (
        <p className="error" role="alert">
          {missingFile(say('Language'), say('its script did not come')).message}
        </p>
      )}
    </div>
  );
}
