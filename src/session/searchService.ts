/** The commands of the search worker over a session: everything the worker does but being a thread. */
import { transfer } from 'comlink';
import { heapBytes, readIntervalMs, startBackend, type BackendLoader, type StartedBackend } from '../backends/backend';
import type { Environment } from '../core/search/runFile';
import type { Engine } from '../core/search/engine';
import type { ControlsMessage, SearchCommands, WireEvent } from '../protocol/protocol';
import { EventBatcher } from './eventBatcher';
import { SearchSession } from './searchSession';

export interface ServiceOptions {
  readonly backends: readonly BackendLoader[];
  readonly engine: Engine;
  /** Lets the event loop handle waiting messages. */
  readonly pause: () => Promise<void>;
  /** What may explain a run's numbers and speed, for its file. */
  readonly environment: (backend: StartedBackend | null) => Environment;
}

export function createSearchService({ backends, engine, pause, environment }: ServiceOptions): SearchCommands {
  const now = () => performance.now();
  let events: MessagePort | null = null;
  let backend: StartedBackend | null = null;
  const batcher = new EventBatcher((batch, buffers) => events?.postMessage(batch, buffers as Transferable[]), now);
  const emit = (event: WireEvent) => {
    batcher.push(event);
    if (event.kind === 'state') batcher.flush();
  };
  const host = {
    now,
    pause,
    heapBytes,
    get readIntervalMs() {
      return backend ? readIntervalMs(backend.name) : 0;
    },
  };
  const session = new SearchSession({ host, ...engine }, emit);
  return {
    connect(eventPort, controlPort) {
      events = eventPort;
      controlPort.onmessage = ({ data }: MessageEvent<ControlsMessage>) => session.control(data);
    },
    startBackend: async (choice) => (backend = await startBackend(choice, backends)),
    describeSpace: (task, device, method) => session.describeSpace(task, device, method),
    readDevice: (files) => session.readDevice(files),
    useBuiltInPictures: () => session.useBuiltInPictures(),
    importPictures: (files) => session.importPictures(files),
    start: (config, data, singleStep) => session.start(config, data, singleStep),
    pause: () => session.pause(),
    resume: () => session.resume(),
    step: () => session.step(),
    stop: () => session.stop(),
    reset: () => session.reset(),
    derive: async () => session.derive(),
    trainSeedNetwork: async () => session.trainSeedNetwork(),
    exportNetwork: async () => utf8(await session.exportNetwork()),
    exportRun: async () => utf8(session.exportRun(environment(backend))),
  };
}

function utf8(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return transfer(bytes, [bytes.buffer]);
}
