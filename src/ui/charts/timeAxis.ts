/** What all charts of a run share: the step that is pointed at, and the steps that are zoomed to. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StepRange } from '../../store/curve';

/** The fewest steps that a chart is zoomed to. */
const FEWEST = 4;
/** How much closer a key zooms. */
const FACTOR = 2;

interface TimeAxisState {
  /** The step that is pointed at; null where none is. */
  readonly step: number | null;
  /** Null where every chart shows all its steps. */
  readonly range: StepRange | null;
}

export type TimeAxis = ReturnType<typeof createTimeAxis>;

export function createTimeAxis() {
  const store = createStore<TimeAxisState>(() => ({ step: null, range: null }));
  return {
    store,
    point(step: number | null): void {
      if (store.getState().step !== step) store.setState({ step });
    },
    /** @param range null for all steps */
    zoom(range: StepRange | null): void {
      store.setState({ range });
    },
  };
}

/** A range between two steps in any order, widened to the fewest steps that are worth a look. */
export function rangeBetween(a: number, b: number): StepRange {
  const [from, to] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  const missing = Math.max(0, FEWEST - (to - from));
  const start = Math.max(0, from - Math.ceil(missing / 2));
  return { from: start, to: Math.max(to, start + FEWEST) };
}

/** Half of the shown steps, with this one where it was. */
export function closer({ from, to }: StepRange, step: number): StepRange {
  return rangeBetween(step - (step - from) / FACTOR, step + (to - step) / FACTOR);
}

/** Twice the shown steps; null where that is all there is. */
export function further({ from, to }: StepRange, whole: StepRange): StepRange | null {
  const more = ((to - from) * (FACTOR - 1)) / 2;
  const wider = { from: Math.max(whole.from, Math.floor(from - more)), to: Math.min(whole.to, Math.ceil(to + more)) };
  return wider.from === whole.from && wider.to === whole.to ? null : wider;
}

export const TimeAxisContext = createContext(createTimeAxis());

export function useTimeAxis(): TimeAxis {
  return use(TimeAxisContext);
}

export function useShownRange(): StepRange | null {
  return useStore(useTimeAxis().store, ({ range }) => range);
}

export function usePointedStep(): number | null {
  return useStore(useTimeAxis().store, ({ step }) => step);
}
