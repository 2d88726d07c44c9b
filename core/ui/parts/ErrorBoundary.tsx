import { Component, type ReactNode } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import { FailureFace } from './Faces.tsx';

/** In place of a page that can't be drawn: what went wrong, and a way to try again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: ForebayError | null }> {
  override state: { error: ForebayError | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: ForebayError.from(error) };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const again = () => this.setState({ error: null });
    return <FailureFace failure={{ error, since: Date.now() }} onRetry={again} known={false} />;
  }
}
