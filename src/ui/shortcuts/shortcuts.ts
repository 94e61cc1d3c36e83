/** All shortcuts. The dialog that lists them and the handler of keys are made from this list. */
import { word } from '../../core/language/say';
import { possibleActions } from '../../store/possibleActions';
import type { Workbench } from '../../store/workbench';
import { copyPageLink } from '../link/copyLink';
import type { View } from '../useView';

/** What a shortcut acts on. */
export interface ShortcutPage {
  readonly workbench: Workbench;
  readonly open: (view: View) => void;
}

export interface Shortcut {
  /** The keys as they are shown, each of which is enough; one or two. */
  readonly keys: readonly [string, ...string[]];
  readonly what: string;
  /** Left out where the browser or the view that is open acts. */
  readonly act?: (page: ShortcutPage) => void;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['S'], what: word('Start a search'), act: ({ workbench }) => can(workbench).start && void workbench.start() },
  { keys: ['H'], what: word('Hold the search, or let it go on'), act: ({ workbench }) => hold(workbench) },
  {
    keys: ['N'],
    what: word('Take the next training step, or the first'),
    act: ({ workbench }) => can(workbench).step && void workbench.step(),
  },
  { keys: ['X'], what: word('Stop the search'), act: ({ workbench }) => can(workbench).stop && void workbench.stop() },
  { keys: ['Ctrl+Z'], what: word('Undo the last change of settings'), act: ({ workbench }) => void workbench.history.undo() },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], what: word('Redo what was undone'), act: ({ workbench }) => void workbench.history.redo() },
  { keys: ['L'], what: word('Copy a link that carries all settings'), act: ({ workbench }) => void copyPageLink(workbench) },
  { keys: ['R'], what: word('List the kept runs'), act: ({ open }) => open('runs') },
  { keys: ['D'], what: word('Report on the run, for printing'), act: ({ workbench, open }) => workbench.state.run.asked && open('report') },
  { keys: ['P'], what: word('Present on a projector'), act: ({ open }) => open('presentation') },
  { keys: ['←', '→'], what: word('Show another chart while presenting') },
  { keys: ['?'], what: word('List the shortcuts'), act: ({ open }) => open('shortcuts') },
  { keys: ['Escape'], what: word('Close what is open over the page') },
];

const can = ({ state }: Workbench) => possibleActions(state);

function hold(workbench: Workbench): void {
  const { pause, resume } = can(workbench);
  if (pause) void workbench.pause();
  if (resume) void workbench.resume();
}
