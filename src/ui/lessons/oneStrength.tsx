import { metricText } from '../../core/cost/metricTexts';
import { accuracyText, costOf, costText, foundText, metOf } from './figures';
import type { Lesson, LessonSettings, Moment, Question } from './lesson';

const targets = { flashBytes: 60_000, latencyMs: 4 };
const settings = { targets, epochs: { warmup: 1, search: 3, finetune: 2 } } satisfies LessonSettings;
const withStrength = (strength: number): LessonSettings => ({
  ...settings,
  // A network on trial would have to meet the limits, which a strength does not promise.
  shortlist: 1,
  objective: { metrics: ['flashBytes', 'latencyMs'], strength },
});

const outcomes = {
  both: 'It meets both limits.',
  flash: 'It meets the memory limit only.',
  latency: 'It meets the latency limit only.',
  neither: 'It meets neither.',
};
const outcomeOf = (moment: Moment | undefined) => {
  if (!moment) return null;
  const { flashBytes, latencyMs } = metOf(moment, targets);
  return flashBytes ? (latencyMs ? 'both' : 'flash') : latencyMs ? 'latency' : 'neither';
};

const first: Question = { text: 'A search with strength 0.5 for both costs: what will the found network meet?', choices: outcomes };
const second: Question = {
  text: 'The same with strength 1: what will the found network meet?',
  choices: outcomes,
};

/** How far a cost is from its limit, as "1.088 ms above the limit". */
function distance(moment: Moment | undefined, metric: keyof typeof targets): string {
  const over = costOf(moment, metric) - targets[metric];
  return `${metricText(metric, Math.abs(over))} ${over > 0 ? 'above' : 'below'} the limit`;
}

export const oneStrength: Lesson = {
  title: 'One strength, two limits',
  about: 'Why a single weight on all costs has to be tried out, and a constraint for each has not.',
  minutes: 6,
  sets: settings,
  steps: [
    {
      title: 'Two limits',
      points: 'targets',
      text: (
        <>
          <p>The network shall take at most 60 kB of flash memory and at most 4 ms: much room for memory, little for time.</p>
          <p>
            The classic way adds the costs to the loss, with one fixed strength λ. So that costs of different units can be added, each is
            divided by that of the seed network, the one that people designed:
          </p>
          <p className="formula">loss = task loss + λ · (memory / memory of the seed + latency / latency of the seed)</p>
          <p>The limits are not in this formula. A person looks at what comes out, and tries another λ.</p>
        </>
      ),
    },
    {
      title: 'Predict',
      text: <p>With λ = 0.5, a network as costly as the seed pays as much for each cost as half a unit of loss.</p>,
      asks: first,
    },
    {
      title: 'Search with one strength',
      points: 'walk',
      text: <p>Watch the way in the plane: it does not know the corner.</p>,
      action: { label: 'Search with strength 0.5', does: (page) => page.search('weak', withStrength(0.5)) },
    },
    {
      title: 'What came out',
      points: 'result',
      text: (seen) => (
        <p>
          The found network takes {foundText(seen('weak'))}. That is {distance(seen('weak'), 'flashBytes')} of memory, and{' '}
          {distance(seen('weak'), 'latencyMs')} of latency. λ pushes both costs at once: it cannot push one more without pushing the other.
        </p>
      ),
      answers: { question: first, true: (seen) => outcomeOf(seen('weak')) },
    },
    {
      title: 'Predict again',
      text: <p>A person would now try another strength. Twice as strong:</p>,
      asks: second,
    },
    {
      title: 'Search with a greater strength',
      points: 'walk',
      text: <p>The same weights at the start, the same pictures in the same order. Only λ is another.</p>,
      action: { label: 'Search with strength 1', does: (page) => page.search('strong', withStrength(1)) },
    },
    {
      title: 'What came out now',
      points: 'result',
      text: (seen) => (
        <p>
          Now it is {foundText(seen('strong'))}: {distance(seen('strong'), 'flashBytes')} of memory, {distance(seen('strong'), 'latencyMs')}{' '}
          of latency. Against strength 0.5, memory went from {metricText('flashBytes', costOf(seen('weak'), 'flashBytes'))} to{' '}
          {metricText('flashBytes', costOf(seen('strong'), 'flashBytes'))}.
        </p>
      ),
      answers: { question: second, true: (seen) => outcomeOf(seen('strong')) },
    },
    {
      title: 'A constraint for each cost',
      points: 'walk',
      text: (
        <>
          <p>Here each cost C has a limit T and a strength of its own, and pays only above its limit:</p>
          <p className="formula">loss = task loss + Σ λ · max(0, C − T)</p>
          <p>
            The strengths need no trying: each makes its penalty as large as the task loss at the start of the search. And in the end only
            networks that meet both limits can be chosen.
          </p>
        </>
      ),
      action: { label: 'Search with constraints', does: (page) => page.search('constraints', settings) },
    },
    {
      title: 'To compare',
      points: 'result',
      text: (seen) => (
        <>
          <ul>
            <li>
              Strength 0.5: {foundText(seen('weak'))}. Accuracy {accuracyText(seen('weak'))}.
            </li>
            <li>
              Strength 1: {foundText(seen('strong'))}. Accuracy {accuracyText(seen('strong'))}.
            </li>
            <li>
              Constraints: {foundText(seen('constraints'))}. Accuracy {accuracyText(seen('constraints'))}.
            </li>
          </ul>
          <p>
            The limits are {costText('flashBytes', targets.flashBytes)} and {costText('latencyMs', targets.latencyMs)}. One strength cannot
            say “time is short, memory is not”: what meets the latency limit gives memory away as well. A constraint that is met adds
            nothing to the loss, so a network may use what its limits leave. And it took one search; with more costs, trying strengths out
            takes still longer.
          </p>
        </>
      ),
    },
  ],
};
