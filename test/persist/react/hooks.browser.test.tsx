// Hooks over a client that is persisted: stored data, users that change, and `usePersistReady`.
import { persist, type Persistence, type PersistOptions } from "macho-cache/persist";
import { usePersistReady } from "macho-cache/persist/react";
import { useCachedQuery } from "macho-cache/react";
import { type ReactElement, StrictMode, Suspense } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { act } from "../../support/act.ts";
import { settled } from "../../support/deferred.ts";
import { MemoryTier } from "../../support/memory-tier.ts";
import { Page } from "../../support/page.tsx";

let records: MemoryTier["records"];
let page: Page;
let tier: MemoryTier;
let persistence: Persistence;

const begin = (scope = "ada", options: Partial<PersistOptions> = {}): void => {
  tier = new MemoryTier(records);
  persistence = persist(page.client, { storage: tier, scope, clock: page.clock, ...options });
};
/** The page after a reload, of this user. */
async function reload(scope?: string): Promise<void> {
  await persistence?.stop();
  page = new Page();
  begin(scope);
  await persistence.ready;
}

beforeEach(async () => {
  records = new Map();
  page = new Page();
  begin();
  await persistence.ready;
});

afterEach(() => persistence.stop());

const strict = (children: ReactElement): ReactElement => <StrictMode>{page.app(children)}</StrictMode>;

function Waiting(): ReactElement {
  const { data } = useCachedQuery(["1"], page.backend.fetcher, { suspense: true, staleTime: 60_000 });
  return page.note(String(data));
}

describe("a hook after a reload", () => {
  test("shows stored data that is fresh, and loads nothing", async () => {
    page.client.setQueryData(["1"], "stored");
    await reload();
    const { container } = await render(strict(<page.Film options={{ staleTime: 60_000 }} />));
    await act(settled);
    expect([container.textContent, page.backend.count]).toEqual(["stored success idle", 0]);
    const [first, ...others] = [...new Set(page.renders.map((text) => text.replace(/ \w+$/, "")))];
    expect([first, others]).toEqual(["undefined pending", ["stored success"]]);
  });

  test("shows stored data that is stale while it loads, and what it loaded after that", async () => {
    page.client.setQueryData(["1"], "stored");
    await reload();
    const { container } = await render(strict(<page.Film />));
    await act(settled);
    expect([container.textContent, page.backend.count]).toEqual(["stored success fetching", 1]);
    await page.answer("loaded");
    expect(container.textContent).toBe("loaded success idle");
  });

  test("that suspends waits for the storage alone, once, under StrictMode as well", async () => {
    page.client.setQueryData(["1"], "stored");
    await reload();
    const { container } = await render(
      strict(
        <Suspense fallback="waiting">
          <Waiting />
        </Suspense>,
      ),
    );
    await act(settled);
    expect([container.textContent, new Set(page.renders)]).toEqual(["stored", new Set(["stored"])]);
    expect([page.backend.count, tier.calls.filter((call) => call === "getMany").length]).toEqual([0, 1]);
  });

  test("that suspends, and whose storage never answers, waits for the deadline, and then loads", async () => {
    page.client.setQueryData(["1"], "stored");
    await reload();
    tier.before = () => new Promise(() => undefined);
    const { container } = await render(
      strict(
        <Suspense fallback="waiting">
          <Waiting />
        </Suspense>,
      ),
    );
    await page.later(199);
    expect([container.textContent, page.backend.count]).toEqual(["waiting", 0]);
    await page.later(1);
    expect(page.backend.count).toBe(1);
    await page.answer("loaded");
    expect(container.textContent).toBe("loaded");
    tier.before = () => undefined;
  });
});

describe("another user, while hooks stay on screen", () => {
  test("never sees what the one before had, also where it was under way", async () => {
    page.client.setQueryData(["1"], "of ada");
    const { container } = await render(strict(<page.Film />));
    expect(container.textContent).toBe("of ada success fetching");
    await act(async () => {
      await persistence.purge();
      await persistence.stop();
      begin("bob");
    });
    const shown = page.renders.length;
    // What ada's page had asked for comes now.
    await page.answer("of ada, late", 0);
    expect(container.textContent).toBe("undefined pending fetching");
    await page.answer("of bob");
    expect(container.textContent).toBe("of bob success idle");
    expect(page.renders.slice(shown).filter((text) => text.includes("ada"))).toEqual([]);
    await persistence.flush();
    expect([...records.values()].map(({ d }) => d)).toEqual(["of bob"]);
  });

  test("sees what was stored for that user, and nothing of others", async () => {
    page.client.setQueryData(["1"], "of ada");
    await reload("bob");
    page.client.setQueryData(["1"], "of bob");
    await reload("ada");
    const { container } = await render(strict(<page.Film options={{ staleTime: 60_000 }} />));
    await act(settled);
    expect(container.textContent).toBe("of ada success idle");
    await act(async () => {
      await persistence.purge();
      await persistence.stop();
    });
    expect([...records.values()].map(({ d }) => d)).toEqual(["of bob"]);
    // The hook has loaded since: bob's page begins anew.
    await reload("bob");
    const { container: bobs } = await render(strict(<page.Film options={{ staleTime: 60_000 }} />));
    await act(settled);
    expect([bobs.textContent, page.renders.filter((text) => text.includes("ada"))]).toEqual([
      "of bob success idle",
      [],
    ]);
  });
});

describe("usePersistReady", () => {
  function Ready({ of }: { of: Persistence }): ReactElement {
    return page.note(usePersistReady(of) ? "ready" : "waiting");
  }

  /** A page whose storage answers when the test says so. */
  function slow(): { answer: () => Promise<void> } {
    let answer!: () => void;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    page = new Page();
    tier = new MemoryTier(records);
    tier.before = () => answered;
    persistence = persist(page.client, { storage: tier, scope: "ada", clock: page.clock });
    return { answer: () => act(async () => (answer(), settled())) };
  }

  test("is false until the storage has said what it holds, then true", async () => {
    const { answer } = slow();
    const { container } = await render(strict(<Ready of={persistence} />));
    expect(container.textContent).toBe("waiting");
    await answer();
    expect(container.textContent).toBe("ready");
    expect([...new Set(page.renders)]).toEqual(["waiting", "ready"]);
  });

  test("is true after 2 s where the storage does not answer", async () => {
    const { answer } = slow();
    const { container } = await render(strict(<Ready of={persistence} />));
    await page.later(1_999);
    expect(container.textContent).toBe("waiting");
    await page.later(1);
    expect(container.textContent).toBe("ready");
    await answer();
  });

  test("renders nothing more where the component has left before", async () => {
    const { answer } = slow();
    const { unmount } = await render(strict(<Ready of={persistence} />));
    await unmount();
    const { length } = page.renders;
    await answer();
    expect(page.renders).toHaveLength(length);
  });

  test("begins anew with another persistence, and does not take the word of the one before", async () => {
    const first = persistence;
    const { container, rerender } = await render(strict(<Ready of={first} />));
    await act(settled);
    expect(container.textContent).toBe("ready");
    const { answer } = slow();
    await rerender(strict(<Ready of={persistence} />));
    expect(container.textContent).toBe("waiting");
    await act(settled);
    expect(container.textContent).toBe("waiting");
    await answer();
    expect(container.textContent).toBe("ready");
    await first.stop();
  });
});
