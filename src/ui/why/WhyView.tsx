import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { locale, say } from '../../core/language/say';
import { phaseNames } from '../../core/search/phaseNames';
import { percent } from '../../core/words';
import type { Decision } from '../../store/whyFacts';
import { candidateName } from '../candidateNames';
import './why.css';

/** Why one decision of the search fell as it did: in words, and the recorded numbers behind them. */
export function WhyView({ decision: { kind, place, reason, phases, rows }, heading }: { decision: Decision; heading: string }) {
  const metrics = Object.keys(rows[0]?.costs ?? {}) as MetricId[];
  const candidates = kind === 'candidates';
  const ends = candidates ? phases.map((phase) => say('Weight after {phase}', { phase: say(phaseNames[phase]) })) : [say('Channels left')];
  return (
    <article className="why-decision" aria-label={say('Why {place}', { place })}>
      <h3>{heading}</h3>
      <p>{reason.text}</p>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={say('{title}, table', { title: place })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{candidates ? say('Candidate') : say('Part of the search')}</th>
              {metrics.map((metric) => (
                <th scope="col" key={metric}>
                  {candidates ? say(metricTexts[metric].name) : say('{cost} of a channel', { cost: say(metricTexts[metric].name) })}
                </th>
              ))}
              {ends.map((end) => (
                <th scope="col" key={end}>
                  {end}
                </th>
              ))}
              <th scope="col">{say('Pull of the loss')}</th>
              <th scope="col">{say('Pull of the penalty')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, chosen, costs, ends: values, pull }) => (
              <tr key={name} className={chosen ? 'strong' : ''}>
                <th scope="row">{rowName(candidates ? candidateName(name) : name, chosen)}</th>
                {metrics.map((metric) => (
                  <td key={metric}>{metricText(metric, costs[metric] as number)}</td>
                ))}
                {values.map((value, at) => (
                  <td key={ends[at]}>{candidates ? percent(value) : value}</td>
                ))}
                <td>{pull ? pullText(pull.task) : say('not recorded')}</td>
                <td>{pull ? pullText(pull.penalty) : say('not recorded')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

const rowName = (name: string, chosen: boolean) => (chosen ? say('{name} (taken)', { name }) : name);

/** Smaller pulls are not told apart. */
const LEAST = 1e-4;

function pullText(pull: number): string {
  if (pull === 0) return '0';
  if (Math.abs(pull) < LEAST) return '≈ 0';
  return `${pull < 0 ? '−' : '+'}${Math.abs(pull).toLocaleString(locale(), { maximumSignificantDigits: 2 })}`;
}
