/** The shown run in large type: how close it is, the network, and one chart at a time. */
import { Fragment, useEffect, useRef } from 'react';
import { say } from '../../core/language/say';
import { GlanceView } from '../glance/GlanceView';
import { ErrorText } from '../ErrorText';
import { NetworkView } from '../network/NetworkView';
import { SharedTime } from '../charts/SharedTime';
import { useChartList } from '../useChartList';
import { useWorkbenchState } from '../useWorkbench';
import { useFullscreen } from './useFullscreen';
import { useRoom } from './useRoom';
import { useChosenChart } from './useChosenChart';
import './Presentation.css';

/** Height of a chart's caption, legend and borders, in pixels before scaling. */
const AROUND_PLOT = 72;
const LEAST_PLOT = 78;

export default function Presentation({ onClose }: { onClose: () => void }) {
  const charts = useChartList();
  const { at, turn } = useChosenChart(charts.length);
  const place = useRef<HTMLDivElement>(null);
  const chartPlace = useRef<HTMLDivElement>(null);
  const { scale, chartHeight } = useRoom(chartPlace);
  useFullscreen(onClose);
  useEffect(() => place.current?.focus(), []);
  const chart = charts[at];
  const error = useWorkbenchState(({ run }) => run.error);
  const problem = useWorkbenchState(({ run }) => run.kept?.problem);
  return (
    <main
      className="presentation"
      ref={place}
      tabIndex={-1}
      aria-label={say('Presentation')}
      style={{ width: `${100 / scale}vw`, height: `${100 / scale}dvh`, transform: `scale(${scale})` }}
    >
      <h1 className="visually-hidden">{say('NAS Workbench, presentation')}</h1>
      {/* The page's own alerts are hidden meanwhile. */}
      <div className="visually-hidden">
        <ErrorText of={problem} />
        <ErrorText of={error} />
      </div>
      <GlanceView />
      <NetworkView whole />
      <div className="presented-chart" ref={chartPlace}>
        <SharedTime>
          <Fragment key={chart?.title}>{chart?.draw(Math.max(LEAST_PLOT, chartHeight - AROUND_PLOT))}</Fragment>
        </SharedTime>
      </div>
      <div className="presentation-foot">
        <p>{say('Chart {at} of {charts}: ← → for others, S to start, H to hold', { at: at + 1, charts: charts.length })}</p>
        <button onClick={() => turn(-1)}>{say('Chart before')}</button>
        <button onClick={() => turn(1)}>{say('Next chart')}</button>
        <button onClick={onClose}>{say('Leave (Escape)')}</button>
      </div>
    </main>
  );
}
