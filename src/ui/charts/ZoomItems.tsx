import { say } from '../../core/language/say';
import { rangeBetween, useShownRange, useTimeAxis } from './timeAxis';
import { usePeriods } from './usePeriods';

/** What a menu offers of the steps that all charts show: each phase, and all. */
export function ZoomItems() {
  const axis = useTimeAxis();
  const range = useShownRange();
  return (
    <>
      {usePeriods().map(({ label, from, to }) => (
        <button key={`${label} ${from}`} className="link" data-closes="" onClick={() => axis.zoom(rangeBetween(from, to))}>
          {say('Zoom to {phase}', { phase: say(label) })}
        </button>
      ))}
      <button className="link" data-closes="" disabled={!range} onClick={() => axis.zoom(null)}>
        {say('Show all steps')}
      </button>
      <p className="hint">{say('Drag across a chart to zoom, double-click for all steps. Keys: arrows, +, −, 0.')}</p>
    </>
  );
}
