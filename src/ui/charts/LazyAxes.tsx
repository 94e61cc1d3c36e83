/** Loads recharts after the page itself; it is half of all that the page would else load first. */
import { lazy, Suspense } from 'react';
import { missingFile } from '../../core/errors';
import { say } from '../../core/language/say';
import type { AxesProps } from './Axes';

// Fetched at once, since charts are in the first view.
const loading = import('./Axes').catch(() => ({ default: MissingAxes }));
const Loaded = lazy<(props: AxesProps) => React.ReactNode>(() => loading);

/** The place of a chart stays as large while its axes come. */
export function LazyAxes(props: AxesProps) {
  return (
    <Suspense fallback={<div style={{ height: props.height }} />}>
      <Loaded {...props} />
    </Suspense>
  );
}

/** A chart's table and files need no axes. */
function MissingAxes({ height }: AxesProps) {
  return (
    <p className="error" style={{ height }}>
      {missingFile(say('The drawing of charts'), say('its script did not come')).message}
    </p>
  );
}
