import { metricText } from '../../core/cost/metricTexts';
import { commaText } from '../../core/language/lists';
import { say, word } from '../../core/language/say';
import { percent } from '../../core/words';
import { candidateName } from '../candidateNames';
import type { Lesson, Moment, Question, Seen } from './lesson';

/** The texts name it. */
const PLACE = 'stack2b';

/** The candidates of a place with their weights at the end of the search, the greatest first. */
function weightsAt(moment: Moment | undefined, place: string): { id: string; weight: number }[] {
  const curve = moment?.curves.weights.get(place);
  const last = curve?.rows().at(-1)?.values ?? [];
  return (curve?.columns ?? []).map((id, index) => ({ id, weight: last[index] ?? NaN })).toSorted((a, b) => b.weight - a.weight);
}

const nameOf = (candidate: string) => say(candidateName(candidate));

const question: Question = {
  text: word('Which candidate will have the greatest weight at stack2b when the search ends?'),
  choices: {
    conv3x3: word('the 3×3 convolution, 9.3 kB'),
    conv5x5: word('the 5×5 convolution, 26 kB'),
    dsconv3x3: word('the separable 3×3 convolution, 1.6 kB'),
    identity: word('the skip, nothing at all'),
  },
};

const winner = (seen: Seen) => weightsAt(seen('run'), PLACE)[0]?.id ?? null;

/** A line per place: what leads there, and how far. */
function Winners({ moment }: { moment: Moment | undefined }) {
  return (
    <ul>
      {[...(moment?.curves.weights.keys() ?? [])].map((place) => {
        const [first] = weightsAt(moment, place);
        return (
          first && (
            <li key={place}>
              {say('{place}: {candidate}, {weight}', { place, candidate: nameOf(first.id), weight: percent(first.weight) })}
            </li>
          )
        );
      })}
    </ul>
  );
}

/** How far the costliest candidate had come before it lost. */
function Peak({ moment }: { moment: Moment | undefined }) {
  const curve = moment?.curves.weights.get(PLACE);
  const column = curve?.columns.indexOf('conv5x5') ?? -1;
  const weights = (curve?.rows() ?? []).map(({ step, values }) => ({ step, weight: values[column] ?? 0 }));
  const top = weights.toSorted((a, b) => b.weight - a.weight)[0];
  const end = weights.at(-1);
  if (!top || !end) return null;
  return (
    <p>
      {say(
        'At stack2b the costliest candidate, the 5×5 convolution, had its greatest weight, {greatest}, at step {step}, and {last} at the end.',
        { greatest: percent(top.weight), step: top.step, last: percent(end.weight) },
      )}
    </p>
  );
}

/** What the candidates of the place take of a cost, in the order of its curve. */
function costsAt(moment: Moment | undefined): string {
  const table = moment?.state.space?.table;
  const [place, column] = [
    [...(moment?.curves.weights.keys() ?? [])].indexOf(PLACE),
    table?.metrics.findIndex(({ id }) => id === 'flashBytes') ?? -1,
  ];
  const names = moment?.curves.weights.get(PLACE)?.columns ?? [];
  const divisor = table?.metrics[column]?.divisor ?? 1;
  return commaText(
    names.map((id, index) => `${nameOf(id)} ${metricText('flashBytes', (table?.candidates[place]?.[index]?.[column] ?? NaN) / divisor)}`),
  );
}

export const mixedOperation: Lesson = {
  title: word('What a mixed operation learns'),
  about: word('How a place with several operations comes to have one, and who decides: the pictures or the costs.'),
  minutes: 4,
  sets: { start: { candidates: 'even', channels: 'even' }, shortlist: 1, epochs: { warmup: 1, search: 4, finetune: 1 } },
  steps: [
    {
      title: word('All candidates at once'),
      points: 'network',
      text: () => (
        <>
          <p>
            {say(
              'Each place of this network has three or four candidate operations. The search does not try them one after the other. It computes all of them and adds their outputs, each with a weight p:',
            )}
          </p>
          <p className="formula">{say('output = Σ pₖ · candidateₖ(x), p = softmax(α / τ)')}</p>
          <p>
            {say(
              'The numbers α are learnt, like the weights of the convolutions. The temperature τ falls from 1 to 0.03 during the search, which drives the weights apart. The expected cost is made of the candidates’ costs with the same p, so it too says which α to change.',
            )}
          </p>
        </>
      ),
    },
    {
      title: word('Predict'),
      points: 'network',
      text: () => (
        <p>
          {say(
            'Look at stack2b, in the middle of the network. Its four candidates begin with 25 % each. The whole network may take 40 kB of flash memory and 6 ms.',
          )}
        </p>
      ),
      asks: question,
    },
    {
      title: word('Search'),
      points: 'network',
      text: () => (
        <p>
          {say(
            'In the first epoch, the warm-up, the bars stay equal: only the convolutions learn. Then watch the bars part. Some places settle early, some late, and some change their mind.',
          )}
        </p>
      ),
      action: { label: word('Start the search'), does: (page) => page.search('run', mixedOperation.sets ?? {}) },
    },
    {
      title: word('What it learnt'),
      points: 'weights',
      text: (seen) => (
        <>
          <p>
            {say('At stack2b the weights ended at {weights}. Their flash memory: {costs}.', {
              weights: commaText(weightsAt(seen('run'), PLACE).map(({ id, weight }) => `${nameOf(id)} ${percent(weight)}`)),
              costs: costsAt(seen('run')),
            })}
          </p>
          <p>{say('Everywhere:')}</p>
          <Winners moment={seen('run')} />
        </>
      ),
      answers: { question, true: winner },
    },
    {
      title: word('Who decided?'),
      points: 'weights',
      text: (seen) => (
        <>
          <p>
            {say(
              'Two forces act on each α. The task loss raises the candidate that makes the classes easier to tell apart. The penalty lowers those that cost much, as long as the expected cost is above its target. It is phased in over the first half of the search.',
            )}
          </p>
          <Peak moment={seen('run')} />
          <p>{say('Look at the other charts: where a costly candidate leads at first and falls later, the penalty came in.')}</p>
          <p>
            {say(
              'Candidates of one place help each other’s training, and a skip learns nothing of its own. So a weight says what helped in the mixture, not what the network would be worth with that candidate alone. The last lesson asks for that.',
            )}
          </p>
        </>
      ),
    },
  ],
};
