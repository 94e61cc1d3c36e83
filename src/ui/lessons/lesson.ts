/**
 * What a lesson is: data that the lessons' panel shows step by step, with its short texts marked by `word`. One lesson is one file beside
 * this one and its row in `lessons.ts`.
 */
import type { ReactNode } from 'react';
import type { SearchConfig } from '../../core/config/searchConfig';
import type { ExampleNumbers } from '../../core/tasks/task';
import type { Curves } from '../../store/curves';
import type { WorkbenchState } from '../../store/state';
import type { Part } from '../pointed';
import type { LessonPage } from './lessonPage';

export interface Lesson {
  readonly title: string;
  /** What a person learns, in one sentence. */
  readonly about: string;
  /** For a person with a slow laptop of two cores, reading included. */
  readonly minutes: number;
  /** What it sets when it begins; null for a tour, which changes nothing. */
  readonly sets: LessonSettings | null;
  readonly steps: readonly [Step, ...Step[]];
}

/** What differs from the page's own settings at its first visit. */
export type LessonSettings = Partial<Omit<SearchConfig, 'task' | 'device'> & ExampleNumbers>;

export interface Step {
  readonly title: string;
  readonly text: (seen: Seen) => ReactNode;
  readonly points?: Part;
  /** A prediction, asked before the run. */
  readonly asks?: Question;
  /** Something to do; the next step comes after it. */
  readonly action?: Action;
  /** A prediction to look back at, and which of its answers came true; null for none of them. */
  readonly answers?: { readonly question: Question; readonly true: (seen: Seen) => string | null };
}

export interface Question {
  readonly text: string;
  /** By id. */
  readonly choices: Readonly<Record<string, string>>;
}

export interface Action {
  /** The button's text. */
  readonly label: string;
  readonly does: (page: LessonPage) => Promise<void>;
}

/** What the page showed when something was noted. */
export interface Moment {
  readonly state: WorkbenchState;
  readonly curves: Curves;
}

/** What a lesson has noted under a name; undefined before that. */
export type Seen = (name: string) => Moment | undefined;
