/** The main thread's end of the search worker. Nothing else makes the worker or sends it messages. */
import { proxy, transfer, wrap, type Remote } from 'comlink';
import { missingFile, WorkbenchError } from '../core/errors';
import type { RangeChoice } from '../core/quantize/ranges';
import { sayLater } from '../core/language/told';
import type {
  ControlsMessage,
  EventBatch,
  Measured,
  MeasuringProgress,
  RunImportProgress,
  OpenedQuality,
  SearchCommands,
} from '../protocol/protocol';
import '../protocol/throwHandler';

/** What the client needs of a worker. A test may pass a port to the same thread. */
export type WorkerEndpoint = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>;

export class SearchClient {
  readonly #worker: WorkerEndpoint;
  readonly #commands: Remote<SearchCommands>;
  readonly #controls: MessagePort;
  readonly #death: Promise<never>;

  /**
   * @param createWorker makes the worker
   * @param onEvents receives the worker's events in order
   * @param onDeath is called when the worker has broken down; every later command fails
   */
  constructor(createWorker: () => WorkerEndpoint, onEvents: (batch: EventBatch) => void, onDeath: (error: WorkbenchError) => void) {
    this.#worker = createWorker();
    this.#death = new Promise((_resolve, reject) => {
      this.#worker.addEventListener('error', (event) => {
        const { message } = event as Partial<ErrorEvent>;
        // An error event without a message means that the script could not be loaded.
        const error = message
          ? new WorkbenchError(
              'internal',
              sayLater('The search worker broke down: {message}. Reload the page: a search that was under way is offered to be resumed.', {
                message,
              }),
            )
          : missingFile(sayLater('The search worker'), sayLater('its script did not come'));
        // It might go on unseen, finish the search, and keep others from it.
        this.terminate();
        reject(error);
        onDeath(error);
      });
    });
    this.#death.catch(() => {});
    this.#commands = wrap<SearchCommands>(this.#worker);
    const events = new MessageChannel();
    const controls = new MessageChannel();
    events.port1.onmessage = ({ data }: MessageEvent<EventBatch>) => onEvents(data);
    this.#controls = controls.port1;
    void this.#commands.connect(transfer(events.port2, [events.port2]), transfer(controls.port2, [controls.port2]));
  }

  /** Calls a command. Rejects when the worker breaks down before it answers. */
  call<Name extends keyof SearchCommands>(
    name: Name,
    ...args: Parameters<SearchCommands[Name]>
  ): Promise<Awaited<ReturnType<SearchCommands[Name]>>> {
    const command = this.#commands[name] as unknown as (...args: unknown[]) => Promise<Awaited<ReturnType<SearchCommands[Name]>>>;
    return Promise.race([command(...args), this.#death]);
  }

  /** Calls the command of that name, which tells its progress to a function on this side. */
  measureInt8(ranges: RangeChoice, tell: (progress: MeasuringProgress) => void): Promise<Measured | null> {
    return this.call('measureInt8', ranges, proxy(tell));
  }

  /** As `measureInt8`. */
  measureOpened(...[config, data, scaling, tell]: Parameters<SearchCommands['measureOpened']>): Promise<OpenedQuality | null> {
    return this.call('measureOpened', config, data, scaling, proxy(tell));
  }

  /** Calls the command of that name, which tells its progress to a function on this side. */
  importRuns(files: Parameters<SearchCommands['importRuns']>[0], tell: (progress: RunImportProgress) => void) {
    return this.call('importRuns', files, proxy(tell));
  }

  /** Sends controls; the newest message wins. */
  control(message: ControlsMessage): void {
    this.#controls.postMessage(message);
  }

  terminate(): void {
    this.#worker.terminate();
  }
}
