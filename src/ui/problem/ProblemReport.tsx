import { useState } from 'react';
import { locale, say } from '../../core/language/say';
import { CopiedText } from '../CopiedText';
import { problemReport } from './problemReport';
import './ProblemReport.css';

/** Lets a person read and copy a report of an error that should not have happened. */
export function ProblemReport({ of: error }: { of: unknown }) {
  const [report] = useState(() => problemReport(error, surroundings(), new URL('.', location.href).href, location.origin));
  return (
    <details className="problem-report">
      <summary>{say('A report for whoever mends it')}</summary>
      <p className="hint">
        {say(
          'It says what failed, and in which browser, and is sent nowhere. Read it before you hand it on: a message may name something of yours.',
        )}
      </p>
      <CopiedText text={report} label={say('A report for whoever mends it')} copyLabel={say('Copy the report')} />
    </details>
  );
}

const surroundings = () => ({
  browser: navigator.userAgent,
  language: locale(),
  isolated: crossOriginIsolated,
  cores: navigator.hardwareConcurrency,
  window: `${innerWidth} × ${innerHeight} at ${devicePixelRatio}`,
});
