import { say } from '../../core/language/say';
import { useDecisions } from './useDecisions';
import { WhyView } from './WhyView';

/** Every decision of the search that is shown, and why it fell so. */
export default function WhyNetwork() {
  const decisions = useDecisions();
  if (decisions.length === 0) return <p className="hint">{say('This run did not record how its architecture settled.')}</p>;
  return (
    <>
      <p className="hint">
        {say(
          'A pull is the mean gradient of a step of the search, turned round: above 0 it raises the weight of a candidate, or keeps channels. The loss pulls for quality, the penalty for the limits.',
        )}
      </p>
      <div className="why-decisions">
        {decisions.map((decision) => (
          <WhyView key={decision.place} decision={decision} heading={decision.place} />
        ))}
      </div>
    </>
  );
}
