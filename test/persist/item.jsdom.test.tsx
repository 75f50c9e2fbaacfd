import { itemTier } from "macho-cache/persist/item";
import { afterAll } from "vitest";
import { promisesOf } from "./tier-suite.ts";

afterAll(() => localStorage.clear());

promisesOf(
  "itemTier of the localStorage of a DOM that Node has",
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
