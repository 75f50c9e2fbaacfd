// @vitest-environment jsdom
import fc from "fast-check";
import { mountDevtools } from "macho-cache/devtools/mount";
import type { LruCache } from "macho-cache/lru";
import { useIsFetching } from "macho-cache/react";
import type { ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { PAGE_NAMES } from "../../src/devtools/settings.ts";
import { act } from "../support/act.ts";
import { Page } from "../support/page.tsx";
import { tierStatus } from "../support/tier-status.ts";
import { found, root, useSimulatedPage } from "./fixture/simulated-page.ts";

useSimulatedPage();

/** Timers and frames of the host, which the panel has. Those of the client and React's own are others. */
const OF_PANEL = ["setTimeout", "setInterval", "clearTimeout", "clearInterval"] as const;
const A_LOOK = 1_100;

/** What a reader presses to see more. Switches and actions are for those who want a change. */
const TO_SEE = "[role=tab], [id^=part-], [role=gridcell], [role=treeitem], [role=columnheader] button, .rows .row";

interface Step {
  do: "set" | "invalidate" | "answer" | "fail" | "remove" | "show" | "later" | "evict";
  key: number;
  /** Which of what can be pressed is pressed. */
  look: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    do: fc.constantFrom<Step["do"][]>(
      ...(["set", "set", "invalidate", "answer", "answer", "fail", "remove", "show", "later", "evict"] as const),
    ),
    key: fc.nat(3),
    look: fc.nat(1_000),
  }),
  { minLength: 4, maxLength: 14 },
);

/** Mounted hooks, of which each notes when it renders. */
class App {
  readonly page = new Page({ retry: 1, retryDelay: 30, staleTime: 50 });
  readonly events: string[] = [];
  #root: Root = createRoot(document.createElement("div"));
  /** Ids of those that are mounted. */
  #shown = new Set(["0", "1", "2"]);

  constructor() {
    (this.page.client.cache as unknown as LruCache).parts.tier = {
      deleted: () => undefined,
      cleared: () => undefined,
      view: {
        status: tierStatus({ hits: 1, misses: 1, writes: 1 }),
        purge: async () => void this.events.push("purge"),
        restore: async () => this.events.push("restore"),
      },
    };
    this.page.client.subscribe(({ type, hash }: { type: string; hash: string }) => this.events.push(`${type} ${hash}`));
  }

  render(): Promise<void> {
    const { Film } = this.page;
    return act(() =>
      this.#root.render(
        this.page.app([...Array.from(this.#shown, (id) => <Film key={id} id={id} />), <this.Loading key="loading" />]),
      ),
    );
  }

  readonly Loading = (): ReactElement => this.page.note(`${useIsFetching()} load`);

  async apply({ do: what, key }: Step): Promise<void> {
    const { client } = this.page;
    const queryKey = [String(key)];
    switch (what) {
      case "set":
        return act(() => void client.setQueryData(queryKey, key));
      case "invalidate":
        return act(() => void client.invalidateQueries(queryKey));
      case "answer":
        return this.page.answer(`answer ${key}`);
      case "fail":
        return this.page.fail(new Error("no"));
      case "remove":
        return act(() => client.removeQueries({ queryKey, exact: true }));
      case "show":
        if (!this.#shown.delete(String(key))) this.#shown.add(String(key));
        return this.render();
      case "later":
        return this.page.later(60);
      case "evict":
        return act(() => {
          for (let other = 0; other < 30; other++) client.setQueryData(["other", key, other], other);
        });
    }
  }

  /** Everything that another render, notification, load, timer or order would show in. */
  get told(): unknown {
    const { client, clock, renders, backend } = this.page;
    const { since: _, ...counters } = client.cache.metrics;
    return {
      renders,
      events: this.events,
      requests: backend.requests.map(({ key }) => key),
      timers: clock.timers.map(({ at }) => at).sort((one, other) => one - other),
      counters,
      order: [...client.cache.keys()],
      queries: client.getQueries().map(({ hash, status, observerCount }) => [hash, status, observerCount]),
    };
  }

  async end(): Promise<void> {
    await act(() => this.#root.unmount());
    this.page.client.dispose();
  }
}

async function look(which: number, seen: Set<string>): Promise<void> {
  const all = [...root().querySelectorAll<HTMLElement>(TO_SEE)];
  // Every other look is at another page, so that each is seen.
  const tabs = all.filter((each) => each.getAttribute("role") === "tab");
  const chosen = which % 2 === 0 ? tabs[(which / 2) % tabs.length] : all[which % all.length];
  chosen?.click();
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(A_LOOK);
  expect(root().querySelector("[role=alert]")).toBeNull();
  seen.add(root().querySelector("[role=tabpanel]")!.id);
}

async function run(todo: readonly Step[], recording: boolean | undefined, seen: Set<string>): Promise<unknown> {
  localStorage.setItem("macho-devtools:", JSON.stringify({ recording: recording === true }));
  const app = new App();
  const unmount = recording === undefined ? undefined : mountDevtools(app.page.client, { initialIsOpen: true });
  if (unmount) await settle();
  await app.render();
  for (const step of todo) {
    await app.apply(step);
    if (unmount) await look(step.look, seen);
  }
  const { told } = app;
  unmount?.();
  await app.end();
  return told;
}

/** Until the code of the panel is there, and shows. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100 && !root().querySelector(".panel"); turn++) {
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(10);
  }
}

// Whatever is loaded late is loaded once, in the time of the host.
beforeAll(async () => {
  const app = new App();
  const unmount = mountDevtools(app.page.client, { initialIsOpen: true });
  app.page.client.setQueryData(["a"], 1);
  await found(".panel");
  for (const tab of root().querySelectorAll<HTMLElement>("[role=tab]")) {
    tab.click();
    await vi.dynamicImportSettled();
  }
  unmount();
  await app.end();
});

beforeEach(() => void vi.useFakeTimers({ toFake: [...OF_PANEL] }));
afterEach(() => void vi.useRealTimers());

test.each([
  ["nothing is recorded", false],
  ["it is recorded", true],
])("a panel that goes over all its pages renders no hook of the app, and tells none: %s", async (_, recording) => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (todo) => {
      const looked = await run(todo, recording, seen);
      expect(looked).toEqual(await run(todo, undefined, seen));
    }),
    { numRuns: 12 },
  );
  expect([...seen].sort()).toEqual(PAGE_NAMES.map((name) => `page-${name}`).sort());
});
