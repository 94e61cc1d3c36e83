import { QualityView } from './QualityView';
import { ArchitectureWeightsView } from './ArchitectureWeightsView';
import { BackendPicker } from './BackendPicker';
import { ComparisonView } from './comparison/ComparisonView';
import { CostView } from './CostView';
import { DevicePanel } from './device/DevicePanel';
import { GlanceView } from './glance/GlanceView';
import { WalkView } from './glance/WalkView';
import { NetworkView } from './network/NetworkView';
import { ResultView } from './ResultView';
import { RunPanel } from './RunPanel';
import { SetupPanel } from './setup/SetupPanel';
import { TargetsPanel } from './TargetsPanel';
import { TrialsView } from './TrialsView';
import { useStrategy } from './useStrategy';
import { useWorkbenchState } from './useWorkbench';
import './App.css';

export function App() {
  // Without gradients there is neither an expected cost nor an architecture weight to show.
  const gradients = useStrategy()?.gradients ?? true;
  const announcement = useWorkbenchState((state) => state.announcement);
  return (
    <>
      <header className="masthead">
        <h1>NAS Workbench</h1>
        <p className="tagline">Search a neural network that fits a device, and watch it being found.</p>
        <BackendPicker />
      </header>
      <main className="layout">
        <div className="side">
          <div className="controls">
            <TargetsPanel />
            <RunPanel />
          </div>
          <div className="setup">
            <DevicePanel />
            <SetupPanel />
          </div>
        </div>
        <div className="stage">
          <GlanceView />
          <NetworkView />
          <div className="live">
            <WalkView />
            <QualityView />
          </div>
          <ResultView />
          <ComparisonView />
          <TrialsView />
          {gradients && <CostView />}
          {gradients && <ArchitectureWeightsView />}
        </div>
      </main>
      <div role="status" className="visually-hidden">
        {announcement}
      </div>
    </>
  );
}
