import { QualityView } from './QualityView';
import { ArchitectureWeightsView } from './ArchitectureWeightsView';
import { BackendPicker } from './BackendPicker';
import { CostView } from './CostView';
import { DevicePanel } from './device/DevicePanel';
import { NetworkView } from './network/NetworkView';
import { ResultView } from './ResultView';
import { RunPanel } from './RunPanel';
import { SetupPanel } from './setup/SetupPanel';
import { TargetsPanel } from './TargetsPanel';
import { useWorkbenchState } from './useWorkbench';
import './App.css';

export function App() {
  const announcement = useWorkbenchState((state) => state.announcement);
  return (
    <>
      <header className="masthead">
        <h1>NAS Workbench</h1>
        <p>Search a neural network that fits a device, and watch it being found.</p>
        <BackendPicker />
      </header>
      <main className="layout">
        <div className="controls">
          <TargetsPanel />
          <RunPanel />
          <DevicePanel />
          <SetupPanel />
        </div>
        <NetworkView />
        <div className="findings">
          <ResultView />
          <CostView />
          <QualityView />
          <ArchitectureWeightsView />
        </div>
      </main>
      <div role="status" className="visually-hidden">
        {announcement}
      </div>
    </>
  );
}
