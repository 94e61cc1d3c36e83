import { metricText } from '../../core/cost/metricTexts';
import { sentencesText } from '../../core/language/lists';
import { say, word } from '../../core/language/say';
import { costOf } from './figures';
import type { Lesson, LessonSettings, Moment, Question } from './lesson';

/** The texts name them. */
const [LOOSE, TIGHT] = [70_000, 20_000];
const PAUSE = 3;
const settings = {
  targets: { flashBytes: LOOSE, latencyMs: 7.5 },
  epochs: { warmup: 1, search: 6, finetune: 1 },
} satisfies LessonSettings;
const kB = (bytes: number) => metricText('flashBytes', bytes);

interface Move {
  /** The step at which the target was moved. */
  readonly at: number;
  /** The expected memory then, in bytes. */
  readonly before: number;
  /** Steps until the expected memory was under the new target; null where it never was. */
  readonly steps: number | null;
}

/** What became of the expected memory after the target moved. */
function moveIn(moment: Moment | undefined): Move | null {
  const at = moment?.curves.targetMoves.at(-1)?.step;
  const rows = moment?.curves.costs.get('flashBytes')?.rows() ?? [];
  if (at === undefined) return null;
  const before = rows.filter(({ step }) => step < at).at(-1)?.values[0] ?? NaN;
  const under = rows.find(({ step, values }) => step >= at && (values[0] as number) <= TIGHT);
  return { at, before, steps: under ? under.step - at : null };
}

/** An epoch has 45 steps; a curve shows every second or fourth of them. */
const AT_ONCE = 8;

const question: Question = {
  text: word('When will the expected memory be under 20 kB?'),
  choices: {
    once: word('At once: it cannot be above its target.'),
    later: word('Some dozens of steps later, in the same search.'),
    never: word('Not in this search: it was trained for another target.'),
  },
};

function answer(moment: Moment | undefined): string | null {
  const move = moveIn(moment);
  if (!move) return null;
  if (move.steps === null) return 'never';
  return move.steps <= AT_ONCE ? 'once' : 'later';
}

export const movedTarget: Lesson = {
  title: word('A target that moves'),
  about: word('What a search does when a limit changes while it runs.'),
  minutes: 4,
  sets: settings,
  steps: [
    {
      title: word('A loose limit'),
      points: 'targets',
      text: () => (
        <>
          <p>
            {say(
              'The network may take 70 kB of flash memory and 7.5 ms: nearly as much as the seed network. So the costs hardly count, and the search looks at accuracy.',
            )}
          </p>
          <p>{say('Then, in the middle of the search, the customer has a smaller device.')}</p>
        </>
      ),
    },
    {
      title: word('Half of the search'),
      points: 'cost',
      text: () => <p>{say('The search pauses by itself in the middle, when its epoch {epoch} begins.', { epoch: PAUSE })}</p>,
      action: { label: word('Search until the middle'), does: (page) => page.searchUntil(PAUSE, settings) },
    },
    {
      title: word('Predict'),
      points: 'cost',
      text: () => (
        <p>{say('The search is paused. Now the memory target goes down to 20 kB, and the search goes on with the weights that it has.')}</p>
      ),
      asks: question,
    },
    {
      title: word('Move the target'),
      points: 'cost',
      text: () => (
        <>
          <p>
            {say(
              'A penalty begins that was not there before. Its strength is the one that the new target would have had from the start of the search, where it makes the penalty as large as the task loss:',
            )}
          </p>
          <p className="formula">{say('λ = task loss after the warm-up / (expected memory at the start − target)')}</p>
        </>
      ),
      action: { label: word('Move to 20 kB and go on'), does: (page) => page.move('run', 'flashBytes', TIGHT) },
    },
    {
      title: word('What happened'),
      points: 'cost',
      text: (seen) => <Happened moment={seen('run')} />,
      answers: { question, true: (seen) => answer(seen('run')) },
    },
  ],
};

function Happened({ moment }: { moment: Moment | undefined }) {
  const move = moveIn(moment);
  return (
    <>
      {move && (
        <p>
          {sentencesText([
            say('The target moved at step {step}, where the chart has a mark. The expected memory was {memory} then.', {
              step: move.at,
              memory: kB(move.before),
            }),
            move.steps === null
              ? say('It was still above the new target when the search ended.')
              : say('It was under the new target about {steps} steps later.', { steps: move.steps }),
            say('The found network takes {found}.', { found: kB(costOf(moment, 'flashBytes')) }),
          ])}
        </p>
      )}
      <p>
        {say(
          'The expected memory is a mean over all candidates, so it goes down as fast as the weights α move, not at once. The network that is chosen in the end is another matter: only those that meet the target in force can be chosen, wherever the mean stands.',
        )}
      </p>
      <p>{say('With one fixed strength there would be nothing to move: the search would have to begin again.')}</p>
    </>
  );
}
