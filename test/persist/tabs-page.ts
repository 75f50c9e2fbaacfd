// What a tab has that a test drives: a client that is persisted and shared, and a count of what it loaded.
import { persist, shareAcrossTabs } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";

const client = new QueryClient();
const persistence = persist(client, { scope: "ada", delay: 20 });
const sharing = shareAcrossTabs(client, { scope: "ada", lock: location.search === "?lock", wait: 400 });
client.mount();

const tab = {
  client,
  persistence,
  sharing,
  loads: 0,
  /** What the hook of each key showed, in order. */
  shown: {} as Record<string, unknown[]>,
  /** Whether the page came back from the back-forward cache. */
  isBack: false,
  /** Answers the loads that hang. */
  answer: undefined as ((data: unknown) => void) | undefined,
  /** Shows a key. @param hangs whether its load is answered by hand */
  show(name: string, hangs = false): void {
    const shown: unknown[] = (tab.shown[name] = []);
    const fetcher = (): Promise<unknown> => {
      tab.loads++;
      return hangs ? new Promise((resolve) => (tab.answer = resolve)) : Promise.resolve(`loaded ${name}`);
    };
    const hook = client.observe([name], fetcher, { staleTime: Infinity });
    hook.subscribe(() => shown.push(hook.getResult().data));
  },
  data: (name: string): unknown => client.getQueryState([name])?.data,
};

declare global {
  var tab: typeof tabOfPage;
}
const tabOfPage = tab;
Object.assign(globalThis, { tab });
addEventListener("pageshow", ({ persisted }) => (tab.isBack = persisted));
