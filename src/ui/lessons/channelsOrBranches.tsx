import type { ReactNode } from 'react';
import { leastText } from '../../core/cost/metricTexts';
import { say, sayMarked, word } from '../../core/language/say';
import { smallestReachable } from '../../core/search/constraints/reach';
import { percent } from '../../core/words';
import { accuracyText, costOf, foundText } from './figures';
import type { Lesson, LessonSettings, Moment, Question, Seen } from './lesson';

const targets = { flashBytes: 40_000, latencyMs: 6 };
const settings = { targets, epochs: { warmup: 1, search: 3, finetune: 3 } } satisfies LessonSettings;

const question: Question = {
  text: word('Which of the two will use more of the 40 kB that it may use?'),
  choices: {
    branches: word('The choice of branches: a different operation changes much.'),
    channels: word('The choice of channels: they can be taken away one by one.'),
    same: word('Both alike, within 1 kB.'),
  },
};

function fuller(seen: Seen): string | null {
  const [branches, channels] = [costOf(seen('branches'), 'flashBytes'), costOf(seen('channels'), 'flashBytes')];
  if (Number.isNaN(branches) || Number.isNaN(channels)) return null;
  if (Math.abs(branches - channels) < 1000) return 'same';
  return branches > channels ? 'branches' : 'channels';
}

const figures = (moment: Moment | undefined) => ({
  found: foundText(moment),
  share: percent(costOf(moment, 'flashBytes') / targets.flashBytes),
  accuracy: accuracyText(moment),
});

const strong = (parts: ReactNode[]) => <strong key="strong">{parts}</strong>;

/** The least memory that a network of the space needs. */
function leastMemory(moment: Moment | undefined): string {
  const table = moment?.state.space?.table;
  return leastText('flashBytes', (table && smallestReachable(table, 'flashBytes')) ?? NaN);
}

export const channelsOrBranches: Lesson = {
  title: word('Channels or branches'),
  about: word('Two ways to make a network smaller, under the same limits.'),
  minutes: 5,
  sets: settings,
  steps: [
    {
      title: word('Two questions'),
      points: 'network',
      text: () => (
        <>
          <p>
            {sayMarked(
              '<strong>Which operation?</strong> Each place has candidates, called branches, of which one stays. Seven places with three or four candidates make 3⁴ · 4³ = 5,184 networks.',
              { strong },
            )}
          </p>
          <p>
            {sayMarked(
              '<strong>How many channels?</strong> Operations stay as people designed them. Each channel has a number α and a mask, and is cut out where the mask is 0:',
              { strong },
            )}
          </p>
          <p className="formula">{say('mask = 1 if |α| > 0.5, else 0')}</p>
          <p>{say('Layers have 16, 32 and 64 channels, so there are far more networks, and they lie close together.')}</p>
        </>
      ),
    },
    {
      title: word('Predict'),
      text: () => <p>{say('Both searches get at most 40 kB and 6 ms, the same pictures and as many epochs.')}</p>,
      asks: question,
    },
    {
      title: word('Search branches'),
      points: 'network',
      text: () => <p>{say('The bars are the weights of the candidates.')}</p>,
      action: { label: word('Search branches'), does: (page) => page.search('branches', settings) },
    },
    {
      title: word('Search channels'),
      points: 'network',
      text: () => <p>{say('Now the boxes say how many channels each layer keeps. The network begins as the seed, with all of them.')}</p>,
      action: { label: word('Search channels'), does: (page) => page.search('channels', { ...settings, method: 'pit' }) },
    },
    {
      title: word('What came out'),
      points: 'result',
      text: (seen) => (
        <>
          <ul>
            <li>{say('Branches: {found}, so {share} of the memory limit. Accuracy {accuracy}.', figures(seen('branches')))}</li>
            <li>{say('Channels: {found}, so {share} of the memory limit. Accuracy {accuracy}.', figures(seen('channels')))}</li>
          </ul>
          <p>
            {say(
              'Channels reach down to {channels}, branches to {branches}: the next lower network is a few bytes away in one space, and often kilobytes in the other.',
              { channels: leastMemory(seen('channels')), branches: leastMemory(seen('branches')) },
            )}
          </p>
          <p>
            {say(
              'Branches can change what a network is, for instance leave a layer out, which channels cannot. So the method “Candidates, then channels” does one after the other. Accuracies of one run each say little: on 500 test pictures a difference of two or three points is chance.',
            )}
          </p>
        </>
      ),
      answers: { question, true: fuller },
    },
  ],
};
