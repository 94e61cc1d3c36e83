import { say } from '../core/language/say';
import { said, type Told } from '../core/language/told';
import './Warnings.css';

/** Reasons to trust a result less. The store announces new ones. */
export function Warnings({ of: warnings }: { of: readonly Told[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="warnings" aria-label={say('Warnings')}>
      {warnings.map(said).map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}
