import { say } from '../../../core/language/say';
import { Panel } from '../../Panel';
import { SweepProgress } from './SweepProgress';
import { useSweepState } from './useSweep';

/** The sweep's progress on the page itself, where its searches are seen. */
export function SweepNotice() {
  const there = useSweepState(({ sweep }) => sweep !== null && sweep !== undefined);
  if (!there) return null;
  return (
    <div className="interrupted">
      <Panel title={say('Sweep')}>
        <SweepProgress />
      </Panel>
    </div>
  );
}
