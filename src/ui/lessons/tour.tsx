import { say, word } from '../../core/language/say';
import type { Lesson } from './lesson';

export const tour: Lesson = {
  title: word('A tour of the page'),
  about: word('Where things are, and in which order to look at them. It changes nothing.'),
  minutes: 2,
  sets: null,
  steps: [
    {
      title: word('What is searched'),
      points: 'glance',
      text: () => (
        <p>
          {say(
            'A search looks for a neural network that fits a small device. This line says what is searched, and the bars show how far it is: a bar per limited cost, with its target as a mark, and one for what the network has learnt. Until your first Start a recorded run plays here, and says so.',
          )}
        </p>
      ),
    },
    {
      title: word('The targets'),
      points: 'targets',
      text: () => (
        <p>
          {say(
            'A target is the most that the found network may cost on the device. Each slider goes from the least that any network here needs to what the network needs that people designed by hand. You may move them while a search runs.',
          )}
        </p>
      ),
    },
    {
      title: word('The buttons'),
      points: 'search',
      text: () => (
        <p>
          {say(
            'Start searches with the targets as they are. Pause holds the search, and Step does a single training step. All of it happens on your machine, and each run is kept in this browser under “Runs”.',
          )}
        </p>
      ),
    },
    {
      title: word('The network'),
      points: 'network',
      text: () => (
        <p>
          {say(
            'Data flow from left to right. A search for channels starts from a network that people designed: the bar in a layer is the share of its channels that is kept, and gets shorter. A search for operations has several candidates at each place: one bar grows there, and the others fade.',
          )}
        </p>
      ),
    },
    {
      title: word('The way into the corner'),
      points: 'walk',
      text: () => (
        <p>
          {say(
            'Two limited costs make a plane. Networks in its lower left corner meet both targets. The line is the way of the expected costs during the search: it should end in the corner.',
          )}
        </p>
      ),
    },
    {
      title: word('The result'),
      points: 'result',
      text: () => (
        <p>
          {say(
            'After the search the found network is trained on. Here are its operations, its costs beside their targets, and its files for download. Below, one button trains the largest network that fits and some random ones, to see whether the search was worth it.',
          )}
        </p>
      ),
    },
    {
      title: word('What you can change'),
      points: 'setup',
      text: () => (
        <p>
          {say(
            'Above is the device. Here you choose the task, your own examples, the way to search, and everything about training. “Lessons” at the top of the page shows each idea in a few minutes.',
          )}
        </p>
      ),
    },
  ],
};
