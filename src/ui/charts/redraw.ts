/**
 * When charts draw. Each chart at most four times a second, at most one chart per animation frame, and never so often that
 * drawing takes more than a quarter of the main thread; nothing is drawn while the page is hidden, or off the screen.
 */

/** Least time between two draws of the same chart. */
const INTERVAL_MS = 250;
/** Least rest after a draw, as a multiple of the time it took. */
const REST = 3;

export interface Redrawable {
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
  entries.set(chart, { chart, visible: true, dirty: false, drawn: -Infinity });
  return () => entries.delete(chart);
}

/** Asks for a draw as soon as the rules allow. */
export function requestDraw(chart: Redrawable): void {
  const entry = entries.get(chart);
  if (!entry) return;
  entry.dirty = true;
  schedule();
}

/** Tells whether a chart can be seen; one that comes into view is drawn if it has something new. */
export function setVisible(chart: Redrawable, visible: boolean): void {
  const entry = entries.get(chart);
  if (!entry) return;
  entry.visible = visible;
  if (visible && entry.dirty) schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(frame);
}

function frame(now: number): void {
  scheduled = false;
  const waiting = [...entries.values()].filter(({ dirty, visible }) => dirty && visible);
  const due = waiting.filter(({ drawn }) => now - drawn >= INTERVAL_MS);
  // The one that has waited longest; so no chart starves.
  const next = now >= restUntil ? due.toSorted((a, b) => a.drawn - b.drawn)[0] : undefined;
  if (next) {
    next.dirty = false;
    next.drawn = now;
    next.chart.draw();
    // React renders after this task; its time shows in the frame that follows.
    setTimeout(() => (restUntil = performance.now() + REST * Math.max(0, performance.now() - now - FRAME_MS)));
  }
  if (waiting.length > (next ? 1 : 0)) schedule();
}

/** Share of a frame's time that passes anyway. */
const FRAME_MS = 4;
