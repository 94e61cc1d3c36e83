import { caution, verdict } from '../../core/runs/comparisonText';
import type { ComparedNetwork } from '../../core/search/events';
import { qualityText } from '../../core/tasks/task';
import { accuracyText, foundText } from './figures';
import type { Lesson, LessonSettings, Moment, Question } from './lesson';
import { lessonTask } from './lessonPage';

const RANDOM = 4;
const settings = { epochs: { warmup: 1, search: 3, finetune: 3 } } satisfies LessonSettings;
const { quality, example } = lessonTask;

const question: Question = {
  text: 'All trained alike from scratch: which network will be the most accurate on the test pictures?',
  choices: {
    found: 'The found one: it was searched for.',
    largest: 'The largest that fits: nobody searched for it.',
    random: `One of ${RANDOM} random ones that fit.`,
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
  title: 'Was the search worth it?',
  about: 'The found network against the largest that fits and against random ones.',
  minutes: 7,
  sets: settings,
  steps: [
    {
      title: 'A search first',
      points: 'glance',
      text: (
        <p>
          The search takes some time, and at its end there is a network that meets both limits. Any other that meets them would be a network
          that fits, too. So let a search end first.
        </p>
      ),
      action: { label: 'Start the search', does: (page) => page.search('run', settings) },
    },
    {
      title: 'What to compare it with',
      points: 'comparison',
      text: (seen) => (
        <>
          <p>
            The search found a network of {foundText(seen('run'))}, with an accuracy of {accuracyText(seen('run'))} as it handed it over. A
            person without any search could
          </p>
          <ul>
            <li>take the largest network that fits: the one with the most parameters, or the most multiply-accumulates;</li>
            <li>or draw some at random among those that fit.</li>
          </ul>
          <p>
            To be fair, all train from scratch alike: the same epochs, the same pictures, in the same order. The found network does so once
            more, without what it learnt inside of the supernet.
          </p>
        </>
      ),
    },
    {
      title: 'Predict',
      text: <p>Five thousand networks, some hundreds of them fit. Seven epochs each.</p>,
      asks: question,
    },
    {
      title: 'Train them',
      points: 'comparison',
      text: <p>This takes longer than the search. Each network joins the charts when it is trained.</p>,
      action: { label: 'Train them to compare', does: (page) => page.compare('compared', RANDOM) },
    },
    {
      title: 'What came out',
      points: 'comparison',
      text: (seen) => <CameOut moment={seen('compared')} />,
      answers: { question, true: (seen) => best(seen('compared')) },
    },
    {
      title: 'What to conclude',
      points: 'comparison',
      text: (
        <>
          <p>
            One comparison proves little. Over many runs with few epochs, the largest network that fits is hard to beat, and a supernet
            beats most random ones; longer searches earn more. That is why the page offers this comparison after every search: to search is
            a claim that has to be checked.
          </p>
          <p>Try it with your own examples, and with tighter limits, where “the largest that fits” is no longer large.</p>
        </>
      ),
    },
  ],
};

function CameOut({ moment }: { moment: Moment | undefined }) {
  const result = moment?.state.run.result;
  if (!moment || !result) return null;
  const of = (as: (network: ComparedNetwork) => boolean) =>
    compared(moment)
      .filter(as)
      .map((network) => qualityText(quality, network.quality));
  return (
    <>
      <ul>
        <li>Found, from scratch: {of(({ as }) => as === 'found').join(', ')}.</li>
        <li>Largest: {of((network) => kindOf(network) === 'largest').join(', ')}.</li>
        <li>Random: {of(({ as }) => as === 'random').join(', ')}.</li>
      </ul>
      <p>{verdict(result, quality)}</p>
      <p>{caution(result, quality, moment.state.settings.testCount, example.many)}</p>
    </>
  );
}
