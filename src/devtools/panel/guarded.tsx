/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useErrorBoundary } from "preact/hooks";

/** A page or a part of one. What goes wrong there is told in its place; header and other pages live on. */
export function Guarded({ children }: { children: () => JSX.Element }): JSX.Element {
  const [error, retry] = useErrorBoundary();
  if (error === undefined) return <Late render={children} />;
  const words = "Something that it reads threw an error:";
  return <Failure title="This page cannot be shown." words={words} error={error} retry={retry} />;
}

interface FailureProps {
  title: string;
  words: string;
  error: unknown;
  retry: () => void;
  /** Beside "Try again". */
  children?: ComponentChildren;
}

/** What is told in the place of what failed. */
export function Failure({ title, words, error, retry, children }: FailureProps): JSX.Element {
  return (
    <div class="empty" role="alert">
      <p>
        <b>{title}</b> {words}
      </p>
      <code>{errorWords(error)}</code>
      <p>
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>{" "}
        {children}
      </p>
    </div>
  );
}

/** A component of its own: what it throws while it renders is caught above it. */
function Late({ render }: { render: () => JSX.Element }): JSX.Element {
  return render();
}

/** An error as text, whatever was thrown. */
export function errorWords(error: unknown): string {
  try {
    return String(error).slice(0, 300);
  } catch {
    return "an error that cannot be read";
  }
}
