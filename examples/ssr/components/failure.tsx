import { QueryErrorResetBoundary } from "macho-cache/react";
import { Component, type ReactElement, type ReactNode } from "react";

export interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Says what went wrong. */
export function Failure({ error, onRetry }: FailureProps): ReactElement {
  return (
    <p role="alert">
      {error instanceof Error ? error.message : String(error)}{" "}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}

/** Shows the failure of what suspends below it. */
export function FailureBoundary({ children }: { children: ReactNode }): ReactElement {
  return (
    <QueryErrorResetBoundary>
      {(errors) => <Catcher onRetry={() => errors.reset()}>{children}</Catcher>}
    </QueryErrorResetBoundary>
  );
}

interface CatcherProps {
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

class Catcher extends Component<CatcherProps, { readonly failed?: { readonly error: unknown } | undefined }> {
  override state: { readonly failed?: { readonly error: unknown } | undefined } = {};

  static getDerivedStateFromError(error: unknown): { failed: { error: unknown } } {
    return { failed: { error } };
  }

  #tryAgain = (): void => {
    this.props.onRetry();
    this.setState({ failed: undefined });
  };

  override render(): ReactNode {
    const { failed } = this.state;
    return failed ? <Failure error={failed.error} onRetry={this.#tryAgain} /> : this.props.children;
  }
}
