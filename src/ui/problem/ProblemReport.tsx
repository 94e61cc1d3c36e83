import { useState } from 'react';
import { locale, say } from '../../core/language/say';
import { problemReport } from './problemReport';
import './ProblemReport.css';

/** Lets a person read and copy a report of an error that should not have happened. */
export function ProblemReport({ of: error }: { of: unknown }) {
  const [report] = useState(() => problemReport(error, surroundings(), new URL('.', location.href).href));
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(report).then(
      () => setCopied(true),
      // Without permission it can still be copied by hand.
      () => {},
    );
  return (
    <details className="problem-report">
      <summary>{say('A report for whoever mends it')}</summary>
      <p className="hint">
        {say('It says what failed, and in which browser. Nothing of your data or files is in it, and it is sent nowhere.')}
      </p>
      <pre tabIndex={0}>{report}</pre>
      <button onClick={() => void copy()}>{copied ? say('Report copied') : say('Copy the report')}</button>
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
