/** Loads recharts after the page itself; it is half of all that the page would else load first. */
import { useEffect, useState } from 'react';
import { missingFile } from '../../core/errors';
import { say } from '../../core/language/say';
import type { AxesProps } from './Axes';

// Fetched at once, since charts are in the first view.
const loading = import('./Axes').catch(() => ({ default: MissingAxes }));
/** Ends with the turn that was given last. Each chart mounts its axes in a turn of its own, so that what a person does comes between. */
let turns: Promise<unknown> = loading;

/** The place of a chart stays as large while its axes come. */
export function LazyAxes(props: AxesProps) {
  const [loaded, setLoaded] = useState<Awaited<typeof loading> | null>(null);
  useEffect(() => {
    turns = turns.then(() => new Promise((resolve) => setTimeout(resolve)));
    void turns.then(() => loading).then(setLoaded);
  }, []);
  return loaded ? <loaded.default {...props} /> : <div style={{ height: props.height }} />;
}

/** A chart's table and files need no axes. */
function MissingAxes({ height }: AxesProps) {
  return (
    <p className="error" style={{ height }}>
      {missingFile(say('The drawing of charts'), say('its script did not come')).message}
    </p>
  );
}
