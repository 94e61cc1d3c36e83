import { commaText } from '../../core/language/lists';
import { say, word } from '../../core/language/say';
import { caution, verdict } from '../../core/runs/comparisonText';
import type { ComparedNetwork } from '../../core/search/events';
import { qualityText } from '../../core/tasks/task';
import { accuracyText, foundText } from './figures';
import type { Lesson, LessonSettings, Moment, Question } from './lesson';
import { lessonTask } from './lessonPage';

/** The texts name it. */
const RANDOM = 4;
const settings = { epochs: { warmup: 1, search: 3, finetune: 3 } } satisfies LessonSettings;
const { quality, example } = lessonTask;

const question: Question = {
  text: word('All trained alike from scratch: which network will be the most accurate on the test pictures?'),
  choices: {
    found: word('The found one: it was searched for.'),
    largest: word('The largest that fits: nobody searched for it.'),
    random: word('One of 4 random ones that fit.'),
  },
};

const compared = (moment: Moment | undefined) => moment?.state.run.result?.comparison ?? [];

/** The kind of the best network; null where the found one shares its place. */
function best(moment: Moment | undefined): string | null {
  const top = Math.max(...compared(moment).map((network) => network.quality));
  const kinds = new Set(compared(moment).flatMap((network) => (network.quality === top ? [kindOf(network)] : [])));
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null;
}

const kindOf = ({ as }: ComparedNetwork) => (as === 'found' || as === 'random' ? as : 'largest');

export const worthIt: Lesson = {
  title: word('Was the search worth it?'),
  about: word('The found network against the largest that fits and against random ones.'),
  minutes: 7,
  sets: settings,
  steps: [
    {
      title: word('A search first'),
      points: 'glance',
      text: () => (
        <p>
          {say(
            'The search takes some time, and at its end there is a network that meets both limits. Any other that meets them would be a network that fits, too. So let a search end first.',
          )}
        </p>
      ),
      action: { label: word('Start the search'), does: (page) => page.search('run', settings) },
    },
    {
      title: word('What to compare it with'),
      points: 'comparison',
      text: (seen) => (
        <>
          <p>
            {say(
              'The search found a network of {found}, with an accuracy of {accuracy} as it handed it over. A person without any search could',
              { found: foundText(seen('run')), accuracy: accuracyText(seen('run')) },
            )}
          </p>
          <ul>
            <li>{say('take the largest network that fits: the one with the most parameters, or the most multiply-accumulates;')}</li>
            <li>{say('or draw some at random among those that fit.')}</li>
          </ul>
          <p>
            {say(
              'To be fair, all train from scratch alike: the same epochs, the same pictures, in the same order. The found network does so once more, without what it learnt inside of the supernet.',
            )}
          </p>
        </>
      ),
    },
    {
      title: word('Predict'),
      text: () => <p>{say('Five thousand networks, some hundreds of them fit. Seven epochs each.')}</p>,
      asks: question,
    },
    {
      title: word('Train them'),
      points: 'comparison',
      text: () => <p>{say('This takes longer than the search. Each network joins the charts when it is trained.')}</p>,
      action: { label: word('Train them to compare'), does: (page) => page.compare('compared', RANDOM) },
    },
    {
      title: word('What came out'),
      points: 'comparison',
      text: (seen) => <CameOut moment={seen('compared')} />,
      answers: { question, true: (seen) => best(seen('compared')) },
    },
    {
      title: word('What to conclude'),
      points: 'comparison',
      text: () => (
        <>
          <p>
            {say(
              'One comparison proves little. Over many runs with few epochs, the largest network that fits is hard to beat, and a supernet beats most random ones; longer searches earn more. That is why the page offers this comparison after every search: to search is a claim that has to be checked.',
            )}
          </p>
          <p>{say('Try it with your own examples, and with tighter limits, where “the largest that fits” is no longer large.')}</p>
        </>
      ),
    },
  ],
};

function CameOut({ moment }: { moment: Moment | undefined }) {
  const result = moment?.state.run.result;
  if (!moment || !result) return null;
  const of = (as: (network: ComparedNetwork) => boolean) =>
    commaText(
      compared(moment)
        .filter(as)
        .map((network) => qualityText(quality, network.quality)),
    );
  return (
    <>
      <ul>
        <li>{say('Found, from scratch: {accuracy}.', { accuracy: of(({ as }) => as === 'found') })}</li>
        <li>{say('Largest: {accuracies}.', { accuracies: of((network) => kindOf(network) === 'largest') })}</li>
        <li>{say('Random: {accuracies}.', { accuracies: of(({ as }) => as === 'random') })}</li>
      </ul>
      <p>{verdict(result, quality)}</p>
      <p>{caution(result, quality, moment.state.settings.testCount, example.many)}</p>
    </>
  );
}
