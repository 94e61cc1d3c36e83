import { Component, type ReactNode } from 'react';
import { say } from '../core/language/say';
import { Panel } from './Panel';
import { ProblemReport } from './problem/ProblemReport';
import './ErrorBoundary.css';

interface ErrorBoundaryProps {
  /** What of the page it holds, as a title; left out where that is all of it. */
  readonly part?: string;
  readonly children: ReactNode;
}

/** Shows what happened and a way out when a part of the interface fails; the others go on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: { readonly error: unknown } | null }> {
  override state = { failed: null as { readonly error: unknown } | null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  override render() {
    const { part, children } = this.props;
    const { failed } = this.state;
    if (!failed) return children;
    const { error } = failed;
    const message = error instanceof Error ? error.message : String(error);
    if (part !== undefined)
      return (
        <Panel title={part}>
          <p className="error" role="alert">
            {say('This part of the page failed: {message}', { message })}
          </p>
          <p className="hint">{say('The others go on, and so does a search that is under way.')}</p>
          <div className="buttons">
            <button onClick={() => this.setState({ failed: null })}>{say('Show it again')}</button>
          </div>
          <ProblemReport of={error} />
        </Panel>
      );
    return (
      <main className="broken" role="alert">
        <h1>{say('The interface failed')}</h1>
        <p>{message}</p>
        <p>{say('Reload the page to start anew. A search that was under way is kept, and offered to be resumed if it was captured.')}</p>
        <button onClick={() => location.reload()}>{say('Reload')}</button>
        <ProblemReport of={error} />
      </main>
    );
  }
}

/** A part of the page that fails by itself. */
export const guarded = (part: string, view: ReactNode) => <ErrorBoundary part={part}>{view}</ErrorBoundary>;
