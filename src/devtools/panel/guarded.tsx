/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useErrorBoundary } from "preact/hooks";

/** A page or a part of one. What goes wrong there is told in its place; header and other pages live on. */
export function Guarded({ children }: { children: () => JSX.Element }): JSX.Element {
  const [error, retry] = useErrorBoundary();
  if (error === undefined) return <Late render={children} />;
  return (
    <div class="empty" role="alert">
      <p>
        <b>This page cannot be shown.</b>
      </p>
      <p>Something that it reads threw an error:</p>
      <code>{errorWords(error)}</code>
      <p>
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
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
