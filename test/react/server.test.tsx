import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { MachoDevtools } from "macho-cache/devtools";
import { type ReactElement, StrictMode, Suspense } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Backend } from "../support/backend.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: { clock, ttl: 50 } });
});

afterEach(() => vi.restoreAllMocks());

function Film(): ReactElement {
  const { status, isFetching } = useCachedQuery(["film", 1], backend.fetcher);
  return <p>{`${status} ${isFetching}`}</p>;
}

const app = (): ReactElement => (
  <StrictMode>
    <MachoProvider client={client}>
      <Suspense fallback="waiting">
        <Film />
      </Suspense>
      <MachoDevtools initialIsOpen />
    </MachoProvider>
  </StrictMode>
);

describe("rendering on a server", () => {
  test.each([
    ["renderToString", async () => renderToString(app())],
    ["renderToPipeableStream", () => text(renderToPipeableStream(app()).pipe(new PassThrough()))],
  ] as const)(
    "by %s shows the pending state, without a load, a timer, a lookup or a warning",
    async (_name, render) => {
      const complain = vi.spyOn(console, "error");
      expect(await render()).toContain("<p>pending true</p>");
      expect(backend.count).toBe(0);
      expect(clock.timers).toEqual([]);
      expect(complain).not.toHaveBeenCalled();
      expect(client.cache.metrics).toMatchObject({ gets: 0, sets: 0, loads: { started: 0 } });
    },
  );

  test("of data that was loaded before arms no timer, though it will expire", async () => {
    const value = client.fetchQuery(["film", 1], backend.fetcher);
    await backend.answer(0, "Ran");
    await value;
    renderToString(app());
    expect(clock.timers).toEqual([]);
  });
});
