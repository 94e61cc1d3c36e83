import { metricText } from '../../core/cost/metricTexts';
import { listText } from '../../core/language/lists';
import { say, word } from '../../core/language/say';
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
  both: word('It meets both limits.'),
  flash: word('It meets the memory limit only.'),
  latency: word('It meets the latency limit only.'),
  neither: word('It meets neither.'),
};
const outcomeOf = (moment: Moment | undefined) => {
  if (!moment) return null;
  const { flashBytes, latencyMs } = metOf(moment, targets);
  return flashBytes ? (latencyMs ? 'both' : 'flash') : latencyMs ? 'latency' : 'neither';
};

const first: Question = {
  text: word('A search with strength 0.5 for both costs: what will the found network meet?'),
  choices: outcomes,
};
const second: Question = {
  text: word('The same with strength 1: what will the found network meet?'),
  choices: outcomes,
};

/** How far a cost is from its limit, as "1.088 ms above the limit of latency". */
function distance(moment: Moment | undefined, metric: keyof typeof targets): string {
  const over = costOf(moment, metric) - targets[metric];
  const values = { amount: metricText(metric, Math.abs(over)), cost: metric === 'flashBytes' ? say('memory') : say('latency') };
  return over > 0 ? say('{amount} above the limit of {cost}', values) : say('{amount} below the limit of {cost}', values);
}

const figures = (moment: Moment | undefined) => ({ found: foundText(moment), accuracy: accuracyText(moment) });

export const oneStrength: Lesson = {
  title: word('One strength, two limits'),
  about: word('Why a single weight on all costs has to be tried out, and a constraint for each has not.'),
  minutes: 6,
  sets: settings,
  steps: [
    {
      title: word('Two limits'),
      points: 'targets',
      text: () => (
        <>
          <p>{say('The network shall take at most 60 kB of flash memory and at most 4 ms: much room for memory, little for time.')}</p>
          <p>
            {say(
              'The classic way adds the costs to the loss, with one fixed strength λ. So that costs of different units can be added, each is divided by that of the seed network, the one that people designed:',
            )}
          </p>
          <p className="formula">{say('loss = task loss + λ · (memory / memory of the seed + latency / latency of the seed)')}</p>
          <p>{say('The limits are not in this formula. A person looks at what comes out, and tries another λ.')}</p>
        </>
      ),
    },
    {
      title: word('Predict'),
      text: () => <p>{say('With λ = 0.5, a network as costly as the seed pays as much for each cost as half a unit of loss.')}</p>,
      asks: first,
    },
    {
      title: word('Search with one strength'),
      points: 'walk',
      text: () => <p>{say('Watch the way in the plane: it does not know the corner.')}</p>,
      action: { label: word('Search with strength 0.5'), does: (page) => page.search('weak', withStrength(0.5)) },
    },
    {
      title: word('What came out'),
      points: 'result',
      text: (seen) => (
        <p>
          {say(
            'The found network takes {found}. That is {memory}, and {latency}. λ pushes both costs at once: it cannot push one more without pushing the other.',
            { found: foundText(seen('weak')), memory: distance(seen('weak'), 'flashBytes'), latency: distance(seen('weak'), 'latencyMs') },
          )}
        </p>
      ),
      answers: { question: first, true: (seen) => outcomeOf(seen('weak')) },
    },
    {
      title: word('Predict again'),
      text: () => <p>{say('A person would now try another strength. Twice as strong:')}</p>,
      asks: second,
    },
    {
      title: word('Search with a greater strength'),
      points: 'walk',
      text: () => <p>{say('The same weights at the start, the same pictures in the same order. Only λ is another.')}</p>,
      action: { label: word('Search with strength 1'), does: (page) => page.search('strong', withStrength(1)) },
    },
    {
      title: word('What came out now'),
      points: 'result',
      text: (seen) => (
        <p>
          {say('Now it is {found}: {memory}, {latency}. Against strength 0.5, memory went from {before} to {now}.', {
            found: foundText(seen('strong')),
            memory: distance(seen('strong'), 'flashBytes'),
            latency: distance(seen('strong'), 'latencyMs'),
            before: metricText('flashBytes', costOf(seen('weak'), 'flashBytes')),
            now: metricText('flashBytes', costOf(seen('strong'), 'flashBytes')),
          })}
        </p>
      ),
      answers: { question: second, true: (seen) => outcomeOf(seen('strong')) },
    },
    {
      title: word('A constraint for each cost'),
      points: 'walk',
      text: () => (
        <>
          <p>{say('Here each cost C has a limit T and a strength of its own, and pays only above its limit:')}</p>
          <p className="formula">{say('loss = task loss + Σ λ · max(0, C − T)')}</p>
          <p>
            {say(
              'The strengths need no trying: each makes its penalty as large as the task loss at the start of the search. And in the end only networks that meet both limits can be chosen.',
            )}
          </p>
        </>
      ),
      action: { label: word('Search with constraints'), does: (page) => page.search('constraints', settings) },
    },
    {
      title: word('To compare'),
      points: 'result',
      text: (seen) => (
        <>
          <ul>
            <li>{say('Strength 0.5: {found}. Accuracy {accuracy}.', figures(seen('weak')))}</li>
            <li>{say('Strength 1: {found}. Accuracy {accuracy}.', figures(seen('strong')))}</li>
            <li>{say('Constraints: {found}. Accuracy {accuracy}.', figures(seen('constraints')))}</li>
          </ul>
          <p>
            {say(
              'The limits are {limits}. One strength cannot say “time is short, memory is not”: what meets the latency limit gives memory away as well. A constraint that is met adds nothing to the loss, so a network may use what its limits leave. And it took one search; with more costs, trying strengths out takes still longer.',
              { limits: listText([costText('flashBytes', targets.flashBytes), costText('latencyMs', targets.latencyMs)]) },
            )}
          </p>
        </>
      ),
    },
  ],
};
