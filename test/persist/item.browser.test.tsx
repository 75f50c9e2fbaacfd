import { persist } from "macho-cache/persist";
import { itemTier } from "macho-cache/persist/item";
import { QueryClient } from "macho-cache/query";
import { afterAll, expect, test } from "vitest";
import { promisesOf } from "./tier-suite.ts";

afterAll(() => localStorage.clear());

promisesOf(
  "itemTier of the localStorage of a browser",
  () => {
    localStorage.clear();
    const raw = {
      get: (name: string) => localStorage.getItem(name),
      set: (name: string, text: string) => localStorage.setItem(name, text),
    };
    return { tier: itemTier(() => localStorage), raw };
  },
  { compares: true, numRuns: 50 },
);

test("a page that goes away has written all before its next task, which never comes", async () => {
  localStorage.clear();
  const client = new QueryClient();
  const persistence = persist(client, { storage: itemTier(() => localStorage), scope: "ada" });
  await persistence.ready;
  for (let id = 0; id < 120; id++) client.setQueryData(["film", id], `title ${id}`);
  expect(localStorage.length).toBe(0);
  globalThis.dispatchEvent(new PageTransitionEvent("pagehide"));
  // What follows within the task is all there is.
  for (let at = 0; at < 10_000; at++) await Promise.resolve();
  expect(localStorage.length).toBe(120);
  await persistence.stop();
  client.dispose();
});
