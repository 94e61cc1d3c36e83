/**
 * Decides when charts draw: each at most four times a second, at most one per animation frame, and never so often that
 * drawing takes more than a quarter of the main thread; rarely while off the screen, and not at all while the page is hidden.
 */

/** Least time between two draws of the same chart. */
const INTERVAL_MS = 250;
/** The same for a chart off the screen, which people may still scroll to, print or read with a screen reader. */
const UNSEEN_INTERVAL_MS = 2000;
/** Least rest after a draw, as a multiple of the time it took. */
const REST = 3;

interface Redrawable {
  draw(): void;
}

interface Entry {
  readonly chart: Redrawable;
  visible: boolean;
  dirty: boolean;
  drawn: number;
}

const entries = new Map<Redrawable, Entry>();
let scheduled = false;
let restUntil = 0;

/** @returns a function that takes the chart off the schedule */
export function register(chart: Redrawable): () => void {
  entries.set(chart, { chart, visible: true, dirty: false, drawn: performance.now() - INTERVAL_MS });
  return () => entries.delete(chart);
}

/** Asks for a draw as soon as the rules allow. */
export function requestDraw(chart: Redrawable): void {
  const entry = entries.get(chart);
  if (!entry) return;
  entry.dirty = true;
  schedule();
}

/** Notes whether a chart is on the screen. */
export function setVisible(chart: Redrawable, visible: boolean): void {
  const entry = entries.get(chart);
  if (entry) entry.visible = visible;
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(frame);
}

function frame(now: number): void {
  scheduled = false;
  const waiting = [...entries.values()].filter(({ dirty }) => dirty);
  // The chart that is overdue longest draws first, so every chart gets its turn, and those that are seen get more of them.
  const [next] = waiting.toSorted((a, b) => dueAt(a) - dueAt(b));
  const drawn = next && now >= restUntil && now >= dueAt(next);
  if (drawn) {
    next.dirty = false;
    next.drawn = now;
    next.chart.draw();
    // React renders after this task; its time shows in the frame that follows.
    setTimeout(() => (restUntil = performance.now() + REST * Math.max(0, performance.now() - now - FRAME_MS)));
  }
  if (waiting.length > (drawn ? 1 : 0)) schedule();
}

const dueAt = ({ drawn, visible }: Entry): number => drawn + (visible ? INTERVAL_MS : UNSEEN_INTERVAL_MS);

/** Part of a frame's time that passes without any drawing. */
const FRAME_MS = 4;
