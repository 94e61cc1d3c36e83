/** The commands of the search worker over a session: all that the worker does, so that tests need no thread. */
import { transfer } from 'comlink';
import { heapBytes, readIntervalMs, startBackend, type BackendChoice, type BackendLoader, type StartedBackend } from '../backends/backend';
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import type { Environment } from '../core/runs/runFile';
import type { Engine } from '../core/search/training/engine';
import type { ControlsMessage, SearchCommands, WireEvent } from '../protocol/protocol';
import { blobSource } from '../importers/archives/byteSource';
import { catalogue } from './catalogue';
import { EventBatcher } from './eventBatcher';
import { importRuns } from './importRuns';
import type { RunStorage } from '../keep/runStorage';
import { speakIfPossible } from '../core/language/languages';
import { joined } from '../exporters/download';
import { SearchSession } from './searchSession';

interface ServiceOptions {
  readonly backends: readonly BackendLoader[];
  readonly engine: Engine;
  /** Lets the event loop handle waiting messages. */
  readonly pause: () => Promise<void>;
  /** Facts about the machine that may explain a run's numbers and speed, for the run file. */
  readonly environment: (backend: StartedBackend | null) => Environment;
  /** Where runs are kept; left out where they are not. */
  readonly storage?: RunStorage;
}

export function createSearchService({ backends, engine, pause, environment, storage }: ServiceOptions): SearchCommands {
  const now = () => performance.now();
  let events: MessagePort | null = null;
  let backend: StartedBackend | null = null;
  let chosen: BackendChoice = 'automatic';
  let deviceLost = false;
  const batcher = new EventBatcher((batch, buffers) => events?.postMessage(batch, buffers as Transferable[]), now);
  const emit = (event: WireEvent) => {
    batcher.push(event);
    if (event.kind !== 'state') return;
    if (event.error?.code === 'device-lost') deviceLost = true;
    batcher.flush();
  };
  const host = {
    now,
    pause,
    heapBytes,
    get readIntervalMs() {
      return backend ? readIntervalMs(backend.name) : 0;
    },
  };
  const session = new SearchSession({ host, ...engine }, emit, storage ? { storage, environment: () => environment(backend) } : null);
  let speaking = Promise.resolve();
  const start = async (choice: BackendChoice): Promise<StartedBackend> => {
    chosen = choice;
    backend = await startBackend(choice, backends);
    deviceLost = false;
    return backend;
  };
  return {
    connect(eventPort, controlPort) {
      events = eventPort;
      controlPort.onmessage = ({ data }: MessageEvent<ControlsMessage>) => session.control(data);
    },
    speak: (language) => (speaking = speakIfPossible(language)),
    catalogue,
    async startBackend(choice) {
      // Errors are told in the page's language.
      await speaking;
      // What lay on a lost device goes first.
      if (deviceLost) await session.reset();
      return start(choice);
    },
    describeSpace: (task, device, method, space, classes) => session.describeSpace(task, device, method, space, classes),
    readDevice: (files, units) => session.readDevice(files, units),
    useBuiltInData: (task) => session.useBuiltInData(task),
    useExamples: (dataset) => session.useExamples(dataset),
    checkData: (config, data) => session.checkData(config, data),
    lookAtData: (config, data) => session.lookAtData(config, data),
    async start(config, data, singleStep) {
      if (deviceLost) {
        // A lost device does not come back, but the adapter gives another.
        await session.reset();
        await start(chosen);
      }
      await session.start(config, data, singleStep);
    },
    goOn: (id, easing) => session.goOn(id, easing),
    async importRuns(files, tell) {
      if (!storage) throw new WorkbenchError('invalid-setting', sayLater('Runs are not kept here.'));
      return importRuns(
        files.map(({ path, blob }) => ({ path, ...blobSource(blob) })),
        storage,
        tell,
      );
    },
    pause: () => session.pause(),
    resume: () => session.resume(),
    step: () => session.step(),
    stop: () => session.stop(),
    reset: () => session.reset(),
    derive: async () => session.derive(),
    trainSeedNetwork: async () => session.trainSeedNetwork(),
    compare: async (random) => session.compare(random),
    export: async (id, ranges) => {
      const bytes = joined(await session.export(id, environment(backend), ranges));
      return transfer(bytes, [bytes.buffer]);
    },
    int8Sizes: (ranges) => session.int8Sizes(environment(backend), ranges),
    measureInt8: (ranges, tell) => session.measureInt8(environment(backend), ranges, tell),
    openNetwork: (file, device) => session.opened.open(file, device),
    measureOpened: (config, data, scaling, tell) => session.measureOpened(config, data, scaling, tell),
    endMeasuring: () => session.endMeasuring(),
  };
}
