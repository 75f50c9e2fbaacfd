import { createElement, type ReactElement, type ReactNode, useContext, useMemo, useState } from "react";
import { MachoContext } from "./context.ts";
import { type ErrorReset, Resets } from "./resets.ts";

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
  const [place] = useState(() => ({ resets: new Resets(), isBounded: true }));
  const client = useContext(MachoContext)?.client;
  const value = useMemo(() => ({ client, place }), [client, place]);
  const content = typeof children === "function" ? children(place.resets) : children;
  return createElement(MachoContext.Provider, { value }, content);
}

/** The elements inside, or a function that makes them with `reset`. */
export interface QueryErrorResetBoundaryProps {
  /** What is rendered inside. @defaultValue none */
  children?: ReactNode | ((reset: ErrorReset) => ReactNode);
}

const NOTHING: ErrorReset = { reset: () => undefined, clearReset: () => undefined, isReset: () => false };

/** The `reset` of the nearest `<QueryErrorResetBoundary>`; outside of one, that of everything below the provider. */
export function useQueryErrorResetBoundary(): ErrorReset {
  const place = useContext(MachoContext)?.place;
  return place ? (place.resets ??= new Resets()) : NOTHING;
}
