import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";

interface Props {
  children: ReactNode;
  reset: () => void;
}

class Boundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const again = () => {
      this.props.reset();
      this.setState({ error: null });
    };
    return (
      <button type="button" onClick={again}>
        Failed: {error.message}. Again?
      </button>
    );
  }
}

export function Retry({ children }: { children: ReactNode }) {
  return <QueryErrorResetBoundary>{({ reset }) => <Boundary reset={reset}>{children}</Boundary>}</QueryErrorResetBoundary>;
}
