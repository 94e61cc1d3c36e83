/** All lessons, in the order in which they build on each other. */
import { channelsOrBranches } from './channelsOrBranches';
import { infeasibleCorner } from './infeasibleCorner';
import type { Lesson } from './lesson';
import { mixedOperation } from './mixedOperation';
import { movedTarget } from './movedTarget';
import { oneStrength } from './oneStrength';
import { worthIt } from './worthIt';

export { tour } from './tour';

export const lessons: readonly Lesson[] = [oneStrength, mixedOperation, movedTarget, infeasibleCorner, channelsOrBranches, worthIt];
