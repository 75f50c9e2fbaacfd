import { type RenderResult, render } from "@testing-library/react";
import { MachoProvider, QueryClient } from "macho-cache/react";
import type { ReactElement, ReactNode } from "react";

/** A client for one test, and what renders beside it. */
export interface World {
  readonly client: QueryClient;
  readonly wrapper: (props: { children: ReactNode }) => ReactElement;
  show(children: ReactElement): RenderResult;
}

/** As the guide has it: no retries, and nothing of another test. */
export function world(client = new QueryClient({ defaultOptions: { queries: { retry: false } } })): World {
  const wrapper = ({ children }: { children: ReactNode }): ReactElement => (
    <MachoProvider client={client}>{children}</MachoProvider>
  );
  return { client, wrapper, show: (children) => render(children, { wrapper }) };
}
