// @vitest-environment jsdom
import { Cache, LruCache } from "macho-cache";
import { type DevtoolsTarget, launchDashboard, mountDevtools } from "macho-cache/devtools";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test, vi } from "vitest";
import type { TierView } from "../../src/core/lru/tier.ts";
import { filled, found, hidden, press, root, useSimulatedPage, warn } from "./fixture/simulated-page.ts";
import { PATIENCE } from "../support/patience.ts";
import { tierStatus } from "../support/tier-status.ts";

useSimulatedPage();

const PAGES = ["overview", "entries", "memory", "requests", "lifespan", "latency", "general"] as const;

/** The parts of the page Statistics, in their order. */
const PARTS: readonly string[] = ["general", "requests", "lifespan", "latency"];

/** What each page says to begin with. */
async function wordsOfPages(): Promise<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const page of PAGES) {
    const part = PARTS.indexOf(page) + 1;
    const isPart = part > 0;
    await press(`#tab-${isPart ? "statistics" : page}`);
    if (isPart) await press(`[aria-label=Statistics] button:nth-child(${part})`);
    const shown = await found(`#page-${isPart ? "statistics" : page}`);
    await vi.waitFor(() => expect(shown.textContent).not.toMatch(/^$|being estimated/), PATIENCE);
    words[page] = root().querySelector("[role=alert]") ? `alert: ${shown.textContent}` : shown.textContent;
  }
  return words;
}

const refuse = (): never => {
  throw new TypeError("not today");
};

describe("what cannot be read is told on its page, and ends nothing", () => {
  test("a disposed cache, and disposed clients, are shown as the empty things that they are", async () => {
    const cache = filled();
    cache.dispose();
    const own = new QueryClient();
    own.setQueryData("films", 1);
    own.dispose();
    const guest = new QueryClient({ cache: new Cache<string, unknown>() });
    guest.setQueryData("films", 1);
    guest.dispose();
    for (const target of [cache, own, guest]) {
      const undo = launchDashboard(target);
      const words = await wordsOfPages();
      expect(Object.values(words).join(" ")).not.toContain("alert: ");
      undo();
    }
    expect(warn).not.toHaveBeenCalled();
  });

  test("a cache that is disposed of while it is shown is followed", async () => {
    const cache = filled();
    const undo = launchDashboard(cache);
    await press("#tab-entries");
    await press(".rows .row");
    await found("[role=treeitem]");
    cache.dispose();
    await vi.waitFor(() => expect(root().textContent).toContain("The cache is empty."), PATIENCE);
    expect(root().querySelector(".departed")?.textContent).toContain("This entry has left.");
    undo();
  });

  test("a client without a cache that can be read", async () => {
    const client = { cache: undefined, getQueries: () => [], subscribe: () => () => undefined };
    const undo = launchDashboard(client as unknown as DevtoolsTarget);
    const words = await wordsOfPages();
    expect(words["overview"]).toMatch(/^alert: This page cannot be shown.*TypeError/);
    expect(words["entries"]).toContain("There are no queries yet.");
    undo();
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]![0]).toContain("a cache cannot be listened to");
  });

  test("an LruCache, which keeps no times, and the client of one", async () => {
    const cache = new LruCache<string, unknown>();
    for (const target of [cache, new QueryClient({ cache })]) {
      cache.set("film", 1);
      cache.get("film");
      const undo = launchDashboard(target);
      // oxlint-disable-next-line no-await-in-loop
      const words = await wordsOfPages();
      expect(Object.values(words).join(" ")).not.toContain("alert: ");
      expect(words["requests"]).toMatch(/[12] hits?, 0 misses/);
      expect(words["lifespan"]).toContain("Nothing left the cache since the recording began.");
      expect(words["latency"]).toContain("timed by a Cache, and not by an LruCache");
      expect(words["general"]).toMatch(/maxCacheSize ?100.*strategy ?lru.*shardCount ?1/s);
      undo();
    }
    expect(warn).not.toHaveBeenCalled();
  });

  test.each(["metrics", "metricLifespan", "latencies", "loadDurations", "keys", "peek", "remainingTtl", "subscribe"])(
    "a cache whose %s throws",
    async (name) => {
      const cache = filled();
      const isMethod = typeof Reflect.get(cache, name) === "function";
      Object.defineProperty(cache, name, isMethod ? { value: refuse } : { get: refuse });
      const undo = launchDashboard(cache);
      const words = await wordsOfPages();
      const broken = Object.entries(words).filter(([, text]) => text.startsWith("alert: "));
      for (const [, text] of broken) expect(text).toContain("TypeError: not today");
      expect(broken.map(([page]) => page)).toEqual(
        {
          metrics: ["overview", "memory", "requests", "latency", "general"],
          metricLifespan: ["memory", "lifespan"],
          latencies: ["latency"],
          loadDurations: ["latency"],
          keys: ["entries"],
          peek: ["entries"],
          remainingTtl: ["entries", "memory"],
        }[name] ?? [],
      );
      undo();
    },
  );

  test("a cache of an older copy of the engine is shown, and that it cannot be recorded is said", async () => {
    const cache = filled();
    cache.get("nothing");
    const older = {
      get size() {
        return cache.size;
      },
      get metrics() {
        return cache.metrics;
      },
      keys: () => cache.keys(),
      peek: (key: string) => cache.peek(key),
      delete: (key: string) => cache.delete(key),
      remainingTtl: (key: string) => cache.remainingTtl(key),
      subscribe: cache.subscribe.bind(cache),
    };
    const undo = launchDashboard(older);
    const words = await wordsOfPages();
    expect(words["overview"]).toContain("this cache is of another copy of macho-cache, which cannot be recorded");
    expect(words["entries"]).toContain("20 keys");
    await press("#tab-overview");
    await found(".left-card");
    const [key] = cache.keys();
    cache.delete(key!);
    await vi.waitFor(
      () => expect(root().querySelector(".left-card .table")?.textContent).toContain("deleted"),
      PATIENCE,
    );
    undo();
    expect(warn).not.toHaveBeenCalled();
  });

  test("metrics of another version, of which a part is missing", async () => {
    const cache = filled();
    Object.defineProperty(cache, "metrics", { get: () => ({ options: {}, since: 0 }) });
    const undo = launchDashboard(cache);
    const words = await wordsOfPages();
    expect(words["overview"]).toMatch(/^alert: /);
    expect(words["entries"]).toContain("20 keys");
    undo();
  });
});

describe("a store behind the cache that fails", () => {
  const view = (part: Partial<TierView>): Cache<string, unknown> => {
    const cache = filled();
    const store = { status: tierStatus(), purge: async () => undefined, restore: async () => 0 };
    // The parts of it that throw are getters.
    const mixed: TierView = Object.create(store, Object.getOwnPropertyDescriptors(part));
    cache.parts.tier = { deleted: () => undefined, cleared: () => undefined, view: mixed };
    return cache;
  };
  test("whose status and entries cannot be read is told on its page, and nowhere else", async () => {
    const undo = launchDashboard(
      view({
        get status(): never {
          return refuse();
        },
        holds: refuse,
      }),
    );
    await press("#tab-storage");
    const alert = await found("[role=alert]");
    expect(alert.textContent).toMatch(/^This page cannot be shown\..*TypeError: not today/);
    await press('[title="Hold all pages still"]');
    const words = await wordsOfPages();
    expect(Object.values(words).join(" ")).not.toContain("alert: ");
    await press('[title="Hold all pages still"]');
    await press("#tab-storage");
    await press("[role=alert] .button");
    await found("[role=alert]");
    undo();
    expect(warn).not.toHaveBeenCalled();
  });

  test("that cannot even be looked for is taken for none", async () => {
    const cache = view({});
    Object.defineProperty(cache.parts, "tier", { get: refuse });
    const undo = launchDashboard(cache);
    const words = await wordsOfPages();
    expect(Object.values(words).join(" ")).not.toContain("alert: ");
    expect(root().querySelector("#tab-storage")).toBeNull();
    undo();
  });

  test("whose purge never settles keeps its own buttons, and nothing else", async () => {
    const cache = view({ purge: () => new Promise(() => undefined) });
    const undo = launchDashboard(cache);
    await press("#tab-storage");
    const purge = ".actions button:nth-child(2)";
    await press(purge);
    await vi.waitFor(() => expect(root().querySelector(purge)?.textContent).toBe("Purge all stored, 20 in memory?"));
    await press(purge);
    await vi.waitFor(() => expect(root().querySelector("[role=status]")?.textContent).toBe("Purging…"), PATIENCE);
    const words = await wordsOfPages();
    expect(Object.values(words).join(" ")).not.toContain("alert: ");
    await press("#tab-storage");
    for (const button of [purge, ".actions button:nth-child(1)"])
      expect((await found(button)).hasAttribute("disabled")).toBe(true);
    undo();
  });

  test("whose purge and restore throw at once, whatever they throw, says so and can be tried again", async () => {
    const unreadable = { toString: refuse };
    const throwing = (): never => {
      // oxlint-disable-next-line only-throw-error -- what an adapter may do
      throw unreadable;
    };
    const undo = launchDashboard(view({ purge: throwing, restore: throwing }));
    await press("#tab-storage");
    await press(".actions button:nth-child(1)");
    const said = (): string | null | undefined => root().querySelector("[role=status]")?.textContent;
    await vi.waitFor(() => expect(said()).toMatch(/Restore failed: an error that cannot be read$/), PATIENCE);
    await press(".actions button:nth-child(2)");
    await vi.waitFor(() => expect(root().querySelector(".danger")).not.toBeNull(), PATIENCE);
    await press(".danger");
    await vi.waitFor(() => expect(said()).toMatch(/Purge failed: an error that cannot be read$/), PATIENCE);
    expect((await found(".actions button:nth-child(2)")).hasAttribute("disabled")).toBe(false);
    undo();
  });
});

describe("a panel that fails", () => {
  test("as a whole says so in its place, and can be tried again and closed", async () => {
    const restore = hidden(globalThis, "addEventListener", { value: refuse })();
    const undo = launchDashboard(filled());
    expect((await found("[role=alert]")).textContent).toContain("The panel failed. The app goes on without it.");
    restore();
    await press("[role=alert] .button");
    await found(".header");
    expect(root().querySelector("[role=alert]")).toBeNull();
    undo();
    expect(warn).toHaveBeenCalledOnce();
  });

  test("where it is put into the page is taken away", async () => {
    const restore = hidden(Element.prototype, "append", { value: refuse })();
    expect(mountDevtools(filled())()).toBeUndefined();
    restore();
    expect(document.querySelector("macho-devtools")).toBeNull();
    expect(warn).toHaveBeenCalledOnce();
  });

  test("when it is opened is taken away", async () => {
    const undo = mountDevtools(filled());
    const restore = hidden(Element.prototype, "append", { value: refuse })();
    await press(".toggle");
    await vi.waitFor(() => expect(document.querySelector("macho-devtools")).toBeNull(), PATIENCE);
    restore();
    undo();
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]![0]).toContain("the panel failed, and was taken away");
  });

  test("when it is removed leaves nothing, and its caller hears no error", async () => {
    const cache = filled();
    cache.subscribe = () => refuse;
    const undo = launchDashboard(cache);
    await found(".panel");
    const hide = vi.spyOn(HTMLElement.prototype, "remove").mockImplementationOnce(refuse);
    expect(undo()).toBeUndefined();
    hide.mockRestore();
    expect(document.querySelector("macho-devtools")).toBeNull();
    expect(warn).toHaveBeenCalled();
  });
});
