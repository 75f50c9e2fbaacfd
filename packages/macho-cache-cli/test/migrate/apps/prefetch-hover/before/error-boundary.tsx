import { Component, type ReactNode } from "react";

interface Props {
  onReset: () => void;
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error?: Error | undefined }> {
  override state: { error?: Error | undefined } = {};
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const again = () => {
      this.props.onReset();
      this.setState({ error: undefined });
    };
    return (
      <button type="button" onClick={again}>
        {error.message}. Again
      </button>
    );
  }
}
