import {
  type Context,
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useState,
} from "react";
import type { QueryState } from "../query/index.ts";

/** Lets hooks that threw the error of a load try again. */
export interface ErrorReset {
  /** Every query below that failed is loaded once more, when its component renders again. */
  reset(): void;
  /** Nothing more is tried again. */
  clearReset(): void;
  isReset(): boolean;
}

/** A reset excuses one failure of each query: the one that was there. */
class Resets implements ErrorReset {
  #isReset = false;
  #excused = new Map<string, string>();

  reset = (): void => {
    this.#isReset = true;
    this.#excused.clear();
  };

  clearReset = (): void => {
    this.#isReset = false;
  };

  isReset = (): boolean => this.#isReset;

  /** Whether this failure is one that was there at the reset: the same answer however often a render asks. */
  excuses({
    hash,
    errorUpdateCount,
    errorUpdatedAt,
  }: Pick<QueryState, "hash" | "errorUpdateCount" | "errorUpdatedAt">): boolean {
    if (!this.#isReset) return false;
    const failure = `${errorUpdateCount} ${errorUpdatedAt}`;
    const excused = this.#excused.get(hash);
    if (excused === undefined) this.#excused.set(hash, failure);
    return excused === undefined || excused === failure;
  }
}

/** Of the nearest boundary; without one, nothing is tried again before its failure is forgotten. */
export const ErrorResetContext: Context<Resets | null> = createContext<Resets | null>(null);

/**
 * Around an error boundary and what it guards: hooks that threw the error of a load try again after `reset`, and not
 * by merely being rendered again.
 *
 * @example
 * <QueryErrorResetBoundary>
 *   {({ reset }) => <ErrorBoundary onReset={reset}>...</ErrorBoundary>}
 * </QueryErrorResetBoundary>
 */
export function QueryErrorResetBoundary({ children }: QueryErrorResetBoundaryProps): ReactElement {
  const [resets] = useState(() => new Resets());
  const content = typeof children === "function" ? children(resets) : children;
  return createElement(ErrorResetContext.Provider, { value: resets }, content);
}

/** What the boundary is around: elements, or a function that makes them with its `reset`. */
export interface QueryErrorResetBoundaryProps {
  children?: ReactNode | ((reset: ErrorReset) => ReactNode);
}

const NOTHING: ErrorReset = { reset: () => undefined, clearReset: () => undefined, isReset: () => false };

/** The `reset` of the nearest `<QueryErrorResetBoundary>`; outside of one it does nothing. */
export function useQueryErrorResetBoundary(): ErrorReset {
  return useContext(ErrorResetContext) ?? NOTHING;
}
