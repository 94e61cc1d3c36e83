import { Component, type ReactNode } from 'react';
import { say } from '../core/language/say';
import './ErrorBoundary.css';

/** Shows the message and a way out when the interface itself fails. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state = { message: null as string | null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>{say('The interface failed')}</h1>
        <p>{this.state.message}</p>
        <p>{say('Reload the page to start anew. A search that was under way is kept, and offered to be resumed if it was captured.')}</p>
        <button onClick={() => location.reload()}>{say('Reload')}</button>
      </main>
    );
  }
}
