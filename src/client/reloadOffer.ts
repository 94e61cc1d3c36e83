/** The main thread's end of the service worker: registers it, and tells when a reload of the page would bring something. */
import { TAKE_OVER } from '../protocol/takeOver';

/** What a reload brings: a newer version, or the isolation that more than one thread needs. */
export type ReloadGain = 'version' | 'threads';

/** The page and the browser around it. */
export interface Surroundings {
  readonly serviceWorkers: Pick<ServiceWorkerContainer, 'controller' | 'register' | 'addEventListener'>;
  readonly isolated: boolean;
  /** Whether a person has done something on the page, which a reload would undo. */
  readonly touched: () => boolean;
  readonly reload: () => void;
}

export class ReloadOffer {
  #gain: ReloadGain | null = null;
  #waiting: ServiceWorker | null = null;
  #accepted = false;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly page: Surroundings) {}

  /** What a reload would bring now; null for nothing. */
  readonly gain = (): ReloadGain | null => this.#gain;

  /** Calls when `gain` changes, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Registers the service worker, and follows it from then on.
   * @throws what the browser says when it takes no service worker; the page then works as long as its server answers
   */
  async follow(script: string): Promise<void> {
    const { serviceWorkers, isolated, touched, reload } = this.page;
    let before = serviceWorkers.controller;
    serviceWorkers.addEventListener('controllerchange', () => {
      this.#waiting = null;
      if (this.#accepted) reload();
      // Another tab has agreed to the new version. This page goes on, since the files of its own are still kept.
      else if (before) this.#set('version');
      // The worker answers with the headers that the host does not send. That happens once: the reloaded page has a worker from its start.
      else if (!isolated && touched()) this.#set('threads');
      else if (!isolated) reload();
      before = serviceWorkers.controller;
    });
    const registration = await serviceWorkers.register(script, { updateViaCache: 'none' });
    const look = () => {
      // The first worker of all waits for nothing.
      if (!registration.waiting || !registration.active) return;
      this.#waiting = registration.waiting;
      this.#set('version');
    };
    look();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  }

  /** Reloads the page, with the new version if one waits. */
  accept(): void {
    if (!this.#waiting) {
      this.page.reload();
      return;
    }
    this.#accepted = true;
    this.#waiting.postMessage(TAKE_OVER);
  }

  #set(gain: ReloadGain): void {
    this.#gain = gain;
    for (const listener of this.#listeners) listener();
  }
}
