import { shortfallText } from '../../core/search/constraints/sentences';
import { leastText, metricText } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { WorkbenchError } from '../../core/errors';
import { listText } from '../../core/language/lists';
import { say, word } from '../../core/language/say';
import { sayLater } from '../../core/language/told';
import type { WorkbenchState } from '../../store/state';
import { foundText } from './figures';
import type { Lesson, LessonSettings, Question, Seen } from './lesson';

const targets = { flashBytes: 8_500, latencyMs: 2.8 };
const settings = { targets, epochs: { warmup: 1, search: 1, finetune: 2 } } satisfies LessonSettings;

const question: Question = {
  text: word('Each limit can be met by some network. What will the page do with both?'),
  choices: {
    finds: word('It finds a network that meets both.'),
    ends: word('It trains, and says at the end that it found none.'),
    refuses: word('It says before any training that there is none.'),
  },
};

const shortfallOf = (seen: Seen) => seen('corner')?.state.shortfall ?? [];
const least = (seen: Seen, metric: MetricId) => leastText(metric, shortfallOf(seen).find((one) => one.metric === metric)?.minimum ?? NaN);

/** What latency has to be raised to, so that the memory limit can stay. */
const wayOut = ({ shortfall }: WorkbenchState) => shortfall?.find(({ metric }) => metric === 'latencyMs')?.minimumWithinOthers;

/** What an operation at the first place costs. */
function stem(seen: Seen, candidate: string): string {
  const state = seen('corner')?.state.space;
  const index = seen('corner')?.curves.weights.get('stem')?.columns.indexOf(candidate) ?? -1;
  const of = (metric: MetricId) => {
    const column = state?.table.metrics.findIndex(({ id }) => id === metric) ?? -1;
    return metricText(metric, (state?.table.candidates[0]?.[index]?.[column] ?? NaN) / (state?.table.metrics[column]?.divisor ?? 1));
  };
  return listText([of('flashBytes'), of('latencyMs')]);
}

export const infeasibleCorner: Lesson = {
  title: word('A corner that nothing reaches'),
  about: word('Two limits that can be met one by one, but not together.'),
  minutes: 3,
  sets: { ...settings, targets: { flashBytes: 8_500, latencyMs: 6 } },
  steps: [
    {
      title: word('The ends of the sliders'),
      points: 'targets',
      text: () => (
        <>
          <p>
            {say(
              'Each slider begins at the least value that any network of this space reaches. The space is small enough to know this without training: each place adds the costs of one of its candidates.',
            )}
          </p>
          <p className="formula">{say('cost of a network = fixed part + Σ cost of the chosen candidate')}</p>
          <p>{say('Memory is now limited to 8.5 kB, a little above its least value.')}</p>
        </>
      ),
    },
    {
      title: word('Predict'),
      points: 'targets',
      text: () => <p>{say('Next, latency is limited to 2.8 ms, which is a little above its least value, too.')}</p>,
      asks: question,
    },
    {
      title: word('Set both limits'),
      points: 'targets',
      text: () => <p>{say('See what the panel “Targets” says, and whether you can press Start.')}</p>,
      action: { label: word('Limit latency to 2.8 ms'), does: (page) => page.look('corner', settings) },
    },
    {
      title: word('Why nothing is there'),
      points: 'targets',
      text: (seen) => (
        <>
          <p>
            {say('Alone, memory could go down to {memory} and latency to {latency}. But the page says: {shortfall}', {
              memory: least(seen, 'flashBytes'),
              latency: least(seen, 'latencyMs'),
              shortfall: shortfallText(shortfallOf(seen)),
            })}
          </p>
          <p>
            {say(
              'The least memory and the least time are two different networks. At the first place, “stem”, a separable convolution takes {separable}, a 3×3 convolution {plain}. The separable one has fewer weights, yet takes longer: GAP8 is slow at its depthwise part. A place cannot have both.',
              { separable: stem(seen, 'dsconv3x3'), plain: stem(seen, 'conv3x3') },
            )}
          </p>
          <p>
            {say(
              'An exact count over all choices (a knapsack problem) finds this in milliseconds. Many tools train first and find out at the end.',
            )}
          </p>
        </>
      ),
      answers: { question, true: (seen) => (seen('corner') ? (shortfallOf(seen).length > 0 ? 'refuses' : 'finds') : null) },
    },
    {
      title: word('The way out'),
      points: 'targets',
      text: (seen) => {
        const latency = shortfallOf(seen).find(({ metric }) => metric === 'latencyMs')?.minimumWithinOthers ?? NaN;
        return (
          <p>
            {say('The message names how far to raise which limit. With {latency} there is a network again.', {
              latency: leastText('latencyMs', latency),
            })}
          </p>
        );
      },
      action: {
        label: word('Raise latency to that, and search'),
        does: async (page) => {
          await page.look('corner', settings);
          const latencyMs = wayOut(page.state);
          if (latencyMs == null)
            throw new WorkbenchError('infeasible-targets', sayLater('The page names no latency that would do. Begin this lesson anew.'));
          await page.search('run', { ...settings, targets: { ...targets, latencyMs } });
        },
      },
    },
    {
      title: word('At the edge'),
      points: 'result',
      text: (seen) => (
        <>
          <p>
            {say(
              'The found network takes {found}. That is exactly the latency that the message named, which rounds up. At the edge there is little or nothing left to choose, so a search has nothing to win there.',
              { found: foundText(seen('run')) },
            )}
          </p>
          <p>{say('Give limits some room, and let the least values tell you how much.')}</p>
        </>
      ),
    },
  ],
};
