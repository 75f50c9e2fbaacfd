import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { Activity, type ReactElement, StrictMode } from "react";
import { beforeEach, describe, expect, inject, test } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;
let renders: number;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: cacheWith({ clock }) });
  renders = 0;
});

function Film({ enabled }: { enabled: boolean }): ReactElement {
  renders++;
  const { data, isFetching } = useCachedQuery("film", backend.fetcher, { staleTime: 100, enabled });
  return <p>{`${String(data)} ${isFetching ? "fetching" : "idle"}`}</p>;
}

const app = (mode: "visible" | "hidden", enabled = true): ReactElement => (
  <StrictMode>
    <MachoProvider client={client}>
      <Activity mode={mode}>
        <Film enabled={enabled} />
      </Activity>
    </MachoProvider>
  </StrictMode>
);

// React 18 has no <Activity>.
describe.skipIf(inject("react") === "18")("in an Activity", () => {
  test("that is hidden, a hook renders and loads nothing; shown, it loads once", async () => {
    const screen = await render(app("hidden"));
    await expect.poll(() => renders).toBeGreaterThan(0);
    expect(backend.count).toBe(0);
    expect(client.getQueries()).toEqual([]);
    await screen.rerender(app("visible"));
    await backend.answer(0, "Ran");
    await expect.element(screen.getByText("Ran idle")).toBeVisible();
    expect(backend.count).toBe(1);
  });

  test("that is hidden during a load, the load is aborted; shown again, it is made again", async () => {
    const screen = await render(app("visible"));
    await screen.rerender(app("hidden"));
    clock.advance(1);
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([true]);
    await screen.rerender(app("visible"));
    await backend.answer(1, "Ran");
    await expect.element(screen.getByText("Ran idle")).toBeVisible();
    expect(backend.count).toBe(2);
  });

  test("that was hidden while the data changed, a hook shows the new data at once, without a load", async () => {
    const screen = await render(app("visible"));
    await backend.answer(0, "Ran");
    await screen.rerender(app("hidden"));
    expect(client.getQueries()).toMatchObject([{ observerCount: 0 }]);
    client.setQueryData("film", "Ikiru");
    await screen.rerender(app("visible"));
    await expect.element(screen.getByText("Ikiru idle")).toBeVisible();
    expect(backend.count).toBe(1);
  });

  test("that was hidden while the data went stale, a hook loads only if it is still enabled", async () => {
    const screen = await render(app("visible"));
    await backend.answer(0, "Ran");
    await screen.rerender(app("hidden"));
    clock.advance(200);
    await screen.rerender(app("hidden", false));
    await screen.rerender(app("visible", false));
    await expect.element(screen.getByText("Ran idle")).toBeVisible();
    expect(backend.count).toBe(1);
    await screen.rerender(app("visible"));
    await expect.element(screen.getByText("Ran fetching")).toBeVisible();
    expect(backend.count).toBe(2);
  });
});
