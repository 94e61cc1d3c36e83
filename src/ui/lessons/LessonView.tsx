import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { say } from '../../core/language/say';
import { durationText, progressText } from '../../core/runs/progress';
import { said } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import { isBusy } from '../../store/isBusy';
import { pointAt } from '../pointed';
import { useWorkbench } from '../useWorkbench';
import type { Action, Lesson, Question, Step } from './lesson';
import type { LessonSession } from './lessonSession';

/** A lesson at one of its steps, with the buttons that lead through it. */
export function LessonView({ lesson, session }: { lesson: Lesson; session: LessonSession }) {
  const { at, predicted, noted, done, acting, problem, changes } = useStore(session.store);
  const step = lesson.steps[at] as Step;
  const { title, text, asks, action, answers, points = null } = step;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    // A step begins at its top, also on a phone, whose screen it does not fit.
    heading.current?.closest('section')?.scrollTo({ top: 0 });
  }, [step]);
  useEffect(() => {
    pointAt(points);
    return () => pointAt(null);
  }, [step, points]);
  const act = () => {
    // The button cannot keep the focus while it is disabled.
    heading.current?.focus({ preventScroll: true });
    void session.act();
  };
  const last = at === lesson.steps.length - 1;
  const missing =
    asks && !predicted.has(asks)
      ? say('Make your prediction to go on.')
      : action && !done.has(step)
        ? say('Press “{button}”.', { button: say(action.label) })
        : null;
  const seen = (name: string) => noted.get(name);
  return (
    <>
      <h2>{say(lesson.title)}</h2>
      <p className="hint">{say('Step {at} of {steps}', { at: at + 1, steps: lesson.steps.length })}</p>
      <h3 ref={heading} tabIndex={-1}>
        {say(title)}
      </h3>
      <div className="lesson-text">{text(seen)}</div>
      {at === 0 && lesson.sets && <Changes of={changes()} />}
      {asks && <Prediction question={asks} chosen={predicted.get(asks)} onChoose={(choice) => session.predict(asks, choice)} />}
      {answers && <Answer question={answers.question} chosen={predicted.get(answers.question)} came={answers.true(seen)} />}
      {action && <ActionButton action={action} acting={acting} done={done.has(step)} onAct={act} />}
      <ErrorText of={problem} />
      <div className="buttons">
        <button disabled={at === 0 || acting} onClick={() => session.go(-1)}>
          {say('Back')}
        </button>
        {last ? (
          <button className="primary" onClick={() => void session.end()}>
            {lesson.sets ? say('End the lesson') : say('End the tour')}
          </button>
        ) : (
          <button className="primary" disabled={missing !== null || acting} onClick={() => session.go(1)}>
            {say('Next')}
          </button>
        )}
      </div>
      {!acting && missing && <p className="hint">{missing}</p>}
      {lesson.sets && (
        <div className="buttons">
          <button onClick={() => void session.beginAnew()}>{say('Begin anew')}</button>
          {!last && <button onClick={() => void session.end()}>{say('End the lesson')}</button>}
        </div>
      )}
    </>
  );
}

/** What the lesson has set, since it is not what the person had set. */
function Changes({ of }: { of: readonly string[] }) {
  if (of.length === 0) return <p className="hint">{say('The page’s settings are those that this lesson needs.')}</p>;
  return (
    <details>
      <summary>{say('What this lesson has set')}</summary>
      <ul className="lesson-changes">
        {of.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="hint">{say('The rest is as the page opens. Your settings are put back when you end the lesson.')}</p>
    </details>
  );
}

interface PredictionProps {
  readonly question: Question;
  readonly chosen: string | undefined;
  readonly onChoose: (choice: string) => void;
}

function Prediction({ question: { text, choices }, chosen, onChoose }: PredictionProps) {
  return (
    <fieldset className="prediction">
      <legend>{say(text)}</legend>
      {Object.entries(choices).map(([id, choice]) => (
        <label key={id} className="check">
          <input type="radio" name="prediction" checked={chosen === id} onChange={() => onChoose(id)} />
          <span>{say(choice)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Answer({ question, chosen, came }: { question: Question; chosen: string | undefined; came: string | null }) {
  const choiceText = (id: string | undefined) => {
    const choice = id === undefined ? undefined : question.choices[id];
    return choice === undefined ? null : say(choice);
  };
  return (
    <dl className="predicted">
      <dt>{say('You predicted')}</dt>
      <dd>{choiceText(chosen) ?? say('nothing')}</dd>
      <dt>{say('It came out')}</dt>
      <dd>{choiceText(came ?? undefined) ?? say('otherwise than all of these')}</dd>
    </dl>
  );
}

interface ActionButtonProps {
  readonly action: Action;
  readonly acting: boolean;
  readonly done: boolean;
  readonly onAct: () => void;
}

function ActionButton({ action, acting, done, onAct }: ActionButtonProps) {
  return (
    <>
      <div className="buttons">
        <button className={done ? '' : 'primary'} disabled={acting} onClick={onAct}>
          {say(action.label)}
        </button>
      </div>
      <p className="hint" aria-live="polite">
        {acting ? say('Under way.') : done ? say('Done.') : ''}
      </p>
      {acting && <RunNow />}
    </>
  );
}

function RunNow() {
  const { store } = useWorkbench();
  const { progress, activity } = useStore(store, ({ run }) => run);
  const busy = useStore(store, ({ run }) => isBusy(run));
  if (!busy) return null;
  if (activity || !progress) return <p className="hint">{activity ? said(activity) : say('Getting ready')} …</p>;
  return (
    <p className="hint">
      {progress.leftMs !== null && progress.stepsPerSecond !== null
        ? say('{progress}, about {time} left', { progress: progressText(progress), time: durationText(progress.leftMs) })
        : progressText(progress)}
    </p>
  );
}
