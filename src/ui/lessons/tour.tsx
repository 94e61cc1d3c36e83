import type { Lesson } from './lesson';

export const tour: Lesson = {
  title: 'A tour of the page',
  about: 'Where things are, and in which order to look at them. It changes nothing.',
  minutes: 2,
  sets: null,
  steps: [
    {
      title: 'What is searched',
      points: 'glance',
      text: (
        <p>
          A search looks for a neural network that fits a small device. This line says what is searched, and the bars show how far it is: a
          bar per limited cost, with its target as a mark, and one for what the network has learnt. Until your first Start a recorded run
          plays here, and says so.
        </p>
      ),
    },
    {
      title: 'The targets',
      points: 'targets',
      text: (
        <p>
          A target is the most that the found network may cost on the device. Each slider goes from the least that any network here needs to
          what the network needs that people designed by hand. You may move them while a search runs.
        </p>
      ),
    },
    {
      title: 'The buttons',
      points: 'search',
      text: (
        <p>
          Start searches with the targets as they are. Pause holds the search, and Step does a single training step. All of it happens on
          your machine, and each run is kept in this browser under “Runs”.
        </p>
      ),
    },
    {
      title: 'The network',
      points: 'network',
      text: (
        <p>
          Data flow from left to right. Each place with bars has several candidate operations, and a bar shows how much its candidate counts
          now. During a search one bar grows at each place; the others fade.
        </p>
      ),
    },
    {
      title: 'The way into the corner',
      points: 'walk',
      text: (
        <p>
          Two limited costs make a plane. Networks in its lower left corner meet both targets. The line is the way of the expected costs
          during the search: it should end in the corner.
        </p>
      ),
    },
    {
      title: 'The result',
      points: 'result',
      text: (
        <p>
          After the search the found network is trained on. Here are its operations, its costs beside their targets, and its files for
          download. Below, one button trains the largest network that fits and some random ones, to see whether the search was worth it.
        </p>
      ),
    },
    {
      title: 'What you can change',
      points: 'setup',
      text: (
        <p>
          Above is the device. Here you choose the task, your own examples, the way to search, and everything about training. “Lessons” at
          the top of the page shows each idea in a few minutes.
        </p>
      ),
    },
  ],
};
